"""The map of Europe: where on the drawing a place lies.

The projection is Lambert's azimuthal equal-area on a sphere, centred on 52° N 10° E: areas keep their proportions and
shapes bend little within Europe. Source: J. P. Snyder, "Map Projections: A Working Manual", US Geological Survey
Professional Paper 1395 (1987), chapter 24. Lengths are in units of the drawing; one unit is about 3.25 km.
"""

from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

WIDTH = 1000
HEIGHT = 920
VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"

CENTRE_LAT = 52  # degrees north
CENTRE_LON = 10  # degrees east
CENTRE_X = 600  # units from the left edge; right of the middle, to leave room for Lisbon
CENTRE_Y = 400  # units from the top edge
RADIUS = 1960  # the earth's radius (6371 km) in units


def project(lat: float, lon: float) -> tuple[float, float]:
    """Return x (to the right) and y (down) in units, for a latitude and a longitude in degrees north and east.

    Snyder's equations 22-4, 22-5 and 24-2, with y turned downwards as in SVG.
    """
    phi, phi_1, delta = radians(lat), radians(CENTRE_LAT), radians(lon - CENTRE_LON)
    k = sqrt(2 / (1 + sin(phi_1) * sin(phi) + cos(phi_1) * cos(phi) * cos(delta)))
    x = RADIUS * k * cos(phi) * sin(delta)
    y = RADIUS * k * (cos(phi_1) * sin(phi) - sin(phi_1) * cos(phi) * cos(delta))
    return CENTRE_X + x, CENTRE_Y - y


def place_at(x: float, y: float) -> tuple[float, float]:
    """Return the latitude and longitude, in degrees north and east, of a point of the drawing.

    The other way round: Snyder's equations 20-14, 20-15, 20-18 and 24-16.
    """
    east, north = x - CENTRE_X, CENTRE_Y - y
    rho = hypot(east, north)
    if not rho:
        return CENTRE_LAT, CENTRE_LON
    phi_1, c = radians(CENTRE_LAT), 2 * asin(min(1.0, rho / (2 * RADIUS)))
    phi = asin(cos(c) * sin(phi_1) + north * sin(c) * cos(phi_1) / rho)
    delta = atan2(east * sin(c), rho * cos(phi_1) * cos(c) - north * sin(phi_1) * sin(c))
    return degrees(phi), CENTRE_LON + degrees(delta)
