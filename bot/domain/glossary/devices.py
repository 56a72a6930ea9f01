"""Devices in the home and the networks that join them."""

from __future__ import annotations

from bot.domain.glossary.term import Term

NAME = "Devices and networks"

TERMS = (
    Term(
        "Device",
        "",
        "Any of the equipment in smart metering: meters, Communications Hubs, displays, switches.",
        ("devices", "smart metering device"),
    ),
    Term(
        "CH",
        "Communications Hub",
        "Joins the meters in the home with the DCC’s Wide Area Network.",
        ("comms hub", "communication hub", "communications hubs", "comms hubs", "hub"),
    ),
    Term(
        "CH firmware",
        "",
        "The software inside Communications Hubs. A modification that affects it needs a new one to be made "
        "and sent out.",
        ("communications hub firmware", "comms hub firmware"),
    ),
    Term(
        "CHF",
        "Communications Hub Function",
        "The part of a Communications Hub that runs the Home Area Network and the way to the DCC.",
    ),
    Term(
        "GPF",
        "Gas Proxy Function",
        "The part of a Communications Hub that keeps the gas meter’s data at hand, as that meter sleeps to save its "
        "battery.",
    ),
    Term(
        "DBCH",
        "Dual Band Communications Hub",
        "A Communications Hub that uses two radio bands in the home.",
        ("dual band",),
    ),
    Term("ESME", "Electricity Smart Metering Equipment", "The electricity smart meter.", ("electricity meter",)),
    Term("GSME", "Gas Smart Metering Equipment", "The gas smart meter.", ("gas meter",)),
    Term("IHD", "In-Home Display", "Shows people at home what they use and what it costs.", ("in home display",)),
    Term(
        "PPMID",
        "Prepayment Meter Interface Device",
        "Lets people who pay in advance see their credit and act on the meter, for example add a top-up.",
        ("prepayment interface device", "Pre-Payment Meter Interface Device"),
    ),
    Term(
        "HCALCS",
        "HAN Connected Auxiliary Load Control Switch",
        "A switch in the home, controlled through the meter, for large loads such as heating.",
        ("HAN connected ALCS",),
    ),
    Term(
        "ALCS",
        "Auxiliary Load Control Switch",
        "A switch for large loads in the home that the electricity meter controls.",
    ),
    Term(
        "SAPC",
        "Standalone Auxiliary Proportional Controller",
        "A Device of its own that controls a load by degrees, for example when a car is charged.",
    ),
    Term(
        "CAD",
        "Consumer Access Device",
        "A Device by which people give their own energy data to other equipment or services.",
    ),
    Term("HAN", "Home Area Network", "The radio network that joins the Devices of one home."),
    Term(
        "WAN",
        "Wide Area Network",
        "The network between the Communications Hubs and the DCC.",
        ("SM WAN", "SMWAN"),
    ),
    Term(
        "Alt HAN",
        "Alternative Home Area Network",
        "A solution for homes where the usual Home Area Network does not reach the meters.",
        ("alternative HAN",),
    ),
    Term("OTA", "over the air", "How new firmware reaches a Device without a visit.", ("over-the-air",)),
    Term(
        "CPA",
        "Commercial Product Assurance",
        "The scheme under which the security of Devices is certified, run by the NCSC.",
    ),
    Term("NCSC", "National Cyber Security Centre", "The Government’s body for the security of computers and networks."),
    Term(
        "MPAN",
        "Meter Point Administration Number",
        "The number of an electricity supply point.",
    ),
    Term("MPRN", "Meter Point Reference Number", "The number of a gas supply point."),
    Term(
        "UTRN",
        "Unique Transaction Reference Number",
        "The number that adds a top-up to a prepayment meter.",
    ),
)
