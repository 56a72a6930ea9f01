"""Answers: what the store knows, gathered for one question at a time, a module for each thing that is asked.

question's subject → statements of all sources → a view (`bot.domain.views`) → `facts` of a reply. Reads only; nothing
here asks the web.
"""
