"""`make chaos`: what secbot promises, held against kills, lost answers and stopped machines. Loopback only."""
