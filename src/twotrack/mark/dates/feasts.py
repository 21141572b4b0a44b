"""The days of movable feasts by rule: both Easters, and the tabular Islamic, the Hebrew, the Persian and the Chinese calendar.

Rules and constants as Reingold and Dershowitz (Calendrical Calculations) and Meeus (Astronomical Algorithms) give them.
"""

from datetime import date, timedelta
from math import radians, sin

ISLAMIC_EPOCH = date(622, 7, 19).toordinal()  # 16 July 622 of the Julian calendar
HEBREW_EPOCH = -1373427  # the ordinal of the first of Tishri of the year 1
PERSIAN_EPOCH = date(622, 3, 21).toordinal()  # the day before Nowruz of the year 1 by this count
J2000 = date(2000, 1, 1).toordinal() + 0.5  # noon of 1 January 2000
FIRST_NEW_MOON, LUNATION = 5.09766, 29.530588861  # days after J2000, and days from one to the next
BEIJING = 8 / 24  # the part of a day that its clock is ahead of Greenwich


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian churches (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Orthodox churches (Meeus), in the Gregorian calendar, from 1583 on."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def islamic_in(year: int, month: int, day: int) -> date:
    """The first day in a Gregorian year that is this day of the tabular Islamic calendar: islamic_in(2021, 9, 1) is April 13.

    It counts 11 leap years in 30; sightings of the moon differ by a day.
    """
    hijri = int((year - 622) * 33 / 32) - 1
    found = (_islamic(hijri + n, month, day) for n in range(4))
    return next(one for one in found if one.year >= year)


def _islamic(year: int, month: int, day: int) -> date:
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    return date.fromordinal(ISLAMIC_EPOCH + days - 1)


def hebrew_in(year: int, month: int, day: int) -> date:
    """The day in a Gregorian year of a day of the fixed Hebrew calendar (Nisan is 1): hebrew_in(2022, 1, 15) is April 16."""
    hebrew = year + (3761 if month >= 7 else 3760)
    new_year, length = _tishri(hebrew), _tishri(hebrew + 1) - _tishri(hebrew)
    if month >= 7:  # Tishri has 30 days, Heshvan 29 or 30, which the length of the year tells
        before = {7: 0, 8: 30, 9: 60 if length % 10 == 5 else 59}[month]
    else:  # from Nisan on the months have 30 and 29 days by turns, and the year ends with Elul
        before = length - sum(30 if m % 2 else 29 for m in range(month, 7))
    return date.fromordinal(new_year + before + day - 1)


def _tishri(year: int) -> int:
    """The ordinal of the first of Tishri, put off two days where its year would have 356, one where the year before had 382."""
    before, own, after = (_elapsed(year + n) for n in (-1, 0, 1))
    return HEBREW_EPOCH + own + (2 if after - own == 356 else 1 if own - before == 382 else 0)


def _elapsed(year: int) -> int:
    """Days from the first Hebrew new year to this one by the mean moon; it may not fall on a Sunday, Wednesday or Friday."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + (1 if 3 * (days + 1) % 7 < 3 else 0)


def nowruz_in(year: int) -> date:
    """The first day of the Persian year that begins in a Gregorian year, by the cycle of 33 years: right from 1799 to 2256."""
    persian = year - 621
    return date.fromordinal(PERSIAN_EPOCH + 365 * (persian - 1) + (8 * persian + 21) // 33)


def lunar_new_year_in(year: int) -> date:
    """The first day of the Chinese year: the new moon from 21 January on by the clock of Beijing."""
    first = date(year, 1, 21).toordinal()
    lunation = int((first - J2000) / LUNATION) - 1
    days = (int(_new_moon(lunation + n) + BEIJING) for n in range(4))
    return date.fromordinal(next(day for day in days if day >= first))


def _new_moon(lunation: int) -> float:
    """The ordinal of a new moon with its part of the day, counted from that of 6 January 2000; right to a few minutes."""
    sun, moon = radians(2.5534 + 29.10535670 * lunation), radians(201.5643 + 385.81693528 * lunation)
    latitude = radians(160.7108 + 390.67050284 * lunation)
    terms = (
        (-0.40720, moon), (0.17241, sun), (0.01608, 2 * moon), (0.01039, 2 * latitude), (0.00739, moon - sun),
        (-0.00514, moon + sun), (0.00208, 2 * sun), (-0.00111, moon - 2 * latitude),
    )  # fmt: skip
    return J2000 + FIRST_NEW_MOON + LUNATION * lunation + sum(size * sin(angle) for size, angle in terms)
