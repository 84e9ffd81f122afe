"""The Chinese calendar against days that everybody in China knows."""

from datetime import date, timedelta
from unittest import TestCase

from odoo.addons.customer_service.tools import anniversary, lunar

# Spring Festivals as the calendars of their years had them.
SPRING = {
    1900: (1, 31), 1949: (1, 29), 1966: (1, 21), 1985: (2, 20), 1999: (2, 16), 2000: (2, 5), 2012: (1, 23),
    2018: (2, 16), 2020: (1, 25), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6),
    2028: (1, 26), 2030: (2, 3), 2033: (1, 31), 2034: (2, 19), 2050: (1, 23), 2100: (2, 9),
}  # fmt: skip
MID_AUTUMN = {2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2030: (9, 12)}
LEAP = {
    2001: 4,
    2004: 2,
    2006: 7,
    2009: 5,
    2012: 4,
    2014: 9,
    2017: 6,
    2020: 4,
    2023: 2,
    2025: 6,
    2026: 0,
    2033: 11,
}


class TestLunar(TestCase):
    def test_spring_festival_and_mid_autumn_are_on_their_days(self):
        for year, day in SPRING.items():
            self.assertEqual(lunar.to_solar(year, 1, 1), date(year, *day))
        for year, day in MID_AUTUMN.items():
            self.assertEqual(lunar.to_solar(year, 8, 15), date(year, *day))

    def test_leap_months_are_where_they_belong(self):
        for year, month in LEAP.items():
            self.assertEqual(lunar.leap_month(year), month, year)
        self.assertEqual(lunar.to_lunar(date(2023, 3, 22)), (2023, 2, 1, True))
        self.assertEqual(lunar.to_lunar(date(2025, 7, 25)), (2025, 6, 1, True))

    def test_every_day_of_two_centuries_goes_there_and_back(self):
        day, last = lunar.FIRST_DAY, None
        while day < date(2101, 1, 29):
            found = lunar.to_lunar(day)
            self.assertEqual(lunar.to_solar(*found), day)
            # The order of days is kept: leap months come after their twins.
            self.assertTrue(last is None or (found.year, found.month, found.leap, found.day) > last, day)
            last = (found.year, found.month, found.leap, found.day)
            day += timedelta(days=1)

    def test_a_month_is_29_or_30_days_and_a_year_353_to_385(self):
        for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR):
            self.assertTrue(all(lunar.month_days(year, *one) in (29, 30) for one in lunar.months(year)))
            days = (lunar.to_solar(year + 1, 1, 1) - lunar.to_solar(year, 1, 1)).days
            self.assertIn(days, (353, 354, 355, 383, 384, 385))

    def test_a_birthday_on_the_30th_is_kept_on_the_last_day_of_a_short_month(self):
        # The twelfth month of 2024 had 29 days: New Year's Eve was 28 January 2025.
        self.assertEqual(lunar.celebrated(2024, 12, 30), date(2025, 1, 28))
        self.assertEqual(lunar.celebrated(2023, 12, 30), date(2024, 2, 9))

    def test_a_birthday_in_a_leap_month_is_kept_in_the_usual_one_unless_it_comes_again(self):
        self.assertEqual(lunar.celebrated(2023, 2, 1, leap=True), date(2023, 3, 22))
        self.assertEqual(lunar.celebrated(2024, 2, 1, leap=True), lunar.to_solar(2024, 2, 1))
        self.assertEqual(lunar.celebrated(2023, 2, 1), date(2023, 2, 20))

    def test_each_birthday_is_kept_on_one_day_of_a_year_exactly(self):
        for year in (2023, 2024, 2025, 2033):
            first, last = lunar.to_solar(year, 1, 1), lunar.to_solar(year + 1, 1, 1)
            kept = {}
            for number in range((last - first).days):
                day = first + timedelta(days=number)
                for key in lunar.kept_on(day):
                    self.assertNotIn(key, kept)
                    kept[key] = day
            everybody = {
                (month, day, leap) for month in range(1, 13) for day in range(1, 31) for leap in (False, True)
            }
            self.assertEqual(everybody, set(kept))
            for key, day in kept.items():
                self.assertEqual(lunar.celebrated(year, *key), day)

    def test_beyond_the_table_it_says_so(self):
        for day in (date(1900, 1, 30), date(2101, 1, 29)):
            with self.assertRaises(ValueError):
                lunar.to_lunar(day)
        for wrong in ((2024, 2, 1, True), (2024, 13, 1), (2024, 1, 31), (1899, 1, 1), (2101, 1, 1)):
            with self.assertRaises(ValueError):
                lunar.to_solar(*wrong)


class TestAnniversary(TestCase):
    def test_29_february_is_kept_on_the_28th_of_a_common_year(self):
        self.assertEqual(anniversary.kept_on(date(2025, 2, 28)), [(2, 28), (2, 29)])
        self.assertEqual(anniversary.kept_on(date(2024, 2, 28)), [(2, 28)])
        self.assertEqual(anniversary.kept_on(date(2024, 2, 29)), [(2, 29)])
        self.assertEqual(anniversary.celebrated(2025, 2, 29), date(2025, 2, 28))
        self.assertEqual(anniversary.celebrated(2100, 2, 29), date(2100, 2, 28))

    def test_a_warranty_ends_on_the_same_day_or_on_the_last_one_of_the_month(self):
        self.assertEqual(anniversary.until(date(2024, 2, 29), 12), date(2025, 2, 28))
        self.assertEqual(anniversary.until(date(2024, 8, 31), 6), date(2025, 2, 28))
        self.assertEqual(anniversary.until(date(2023, 8, 31), 6), date(2024, 2, 29))
        self.assertEqual(anniversary.until(date(2024, 1, 15), 24), date(2026, 1, 15))
