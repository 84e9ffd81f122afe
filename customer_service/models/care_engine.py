from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

from .care_holiday import kept_between
from .res_partner_care import DECLINED

# How many days an occasion is made up for, when the job did not run.
CATCH_UP = 3


class CustomerCareRule(models.Model):
    """How rules plan: one statement for each rule and company, whatever the number of customers."""

    _inherit = "customer.care.rule"

    def _plan(self, today):
        """Plan what is due by these rules, and return it. Nothing is planned twice.

        :param date today: plans up to this day and the days that the rule looks ahead
        :rtype: customer.care, as the system
        """
        made = self.env["customer.care"].sudo()
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        for rule in self.sudo():
            # Written first: of two who plan at the same moment, the second waits and then begins anew.
            rule.ran_on = fields.Datetime.now()
            for company in rule.company_id or companies:
                made |= rule._plan_for(company, today)
        return made

    def _plan_for(self, company, today):
        self.env.flush_all()
        occasions = getattr(self, f"_occasions_{self.kind}")(company, today)
        if not occasions:
            return self.env["customer.care"].sudo()
        ids = [row[0] for row in self.env.execute_query(self._insert(company, occasions))]
        made = self.env["customer.care"].sudo().browse(ids)
        made.invalidate_model()
        return made

    def _insert(self, company, occasions):
        """Return the statement that plans these occasions in a company."""
        now = fields.Datetime.now()
        return SQL(
            """
            WITH occasion AS (%(occasions)s), wanted AS (
                SELECT %(once)s o.*, c.id AS customer_id,
                       CASE WHEN %(always)s THEN %(user)s ELSE COALESCE(p.user_id, c.user_id, %(user)s) END AS user_id
                  FROM occasion o
                  JOIN res_partner p ON p.id = o.partner_id
                  JOIN res_partner c ON c.id = p.commercial_partner_id
                 WHERE %(wanted)s
                 ORDER BY c.id, o.date, o.occasion, p.id
            )
            INSERT INTO customer_care (rule_id, kind, channel, company_id, partner_id, commercial_partner_id, user_id,
                                       occasion, date, date_to, picking_id, complaint_id, state, attempts,
                                       is_announced, create_uid, create_date, write_uid, write_date)
            SELECT %(rule)s, %(kind)s, %(channel)s, %(company)s, partner_id, customer_id, user_id,
                   occasion, date, date_to, picking_id, complaint_id, 'planned', 0,
                   FALSE, %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM wanted
                ON CONFLICT DO NOTHING
            RETURNING id
            """,
            occasions=occasions,
            once=SQL("DISTINCT ON (c.id)") if self.gap_days else SQL(""),
            always=self.is_always_user,
            user=SQL("%s::integer", self.user_id.id or None),
            wanted=self._wanted(company),
            rule=self.id,
            kind=self.kind,
            channel=self.channel,
            company=company.id,
            uid=self.env.uid,
            now=now,
        )

    def _wanted(self, company):
        """Return the condition on occasions ``o``, their contact ``p`` and its customer ``c``.

        Active, of the company, of the rule's grades, tags and salespeople; nobody who declined or is blacklisted.
        """
        partners = self.env["res.partner"].with_company(company)
        conditions = [
            SQL("p.active AND c.active"),
            SQL("(c.company_id IS NULL OR c.company_id = %s)", company.id),
            SQL("o.date >= %s", self.begins_on),
        ]
        if self.grade_ids:
            grade = partners._field_to_sql("c", "customer_grade_id")
            conditions.append(SQL("%s = ANY(%s)", grade, self.grade_ids.ids))
        if self.tag_ids:
            conditions.append(
                SQL(
                    """EXISTS (SELECT FROM res_partner_res_partner_category_rel t
                                WHERE t.partner_id IN (p.id, c.id) AND t.category_id = ANY(%s))""",
                    self.tag_ids.ids,
                )
            )
        if self.salesperson_ids:
            conditions.append(SQL("COALESCE(p.user_id, c.user_id) = ANY(%s)", self.salesperson_ids.ids))
        if self.gap_days:
            conditions.append(
                SQL(
                    """NOT EXISTS (SELECT FROM customer_care k WHERE k.rule_id = %s AND k.commercial_partner_id = c.id
                                      AND k.date > o.date - %s)""",
                    self.id,
                    self.gap_days,
                )
            )
        return SQL(" AND ").join([*conditions, *self._willing()])

    def _willing(self):
        """Return the conditions that nobody declined; of e-mails also that there is an address that wants them."""
        found = []
        if self.channel in DECLINED:
            column = SQL.identifier(DECLINED[self.channel])
            found.append(SQL("NOT COALESCE(p.%s, FALSE) AND NOT COALESCE(c.%s, FALSE)", column, column))
        if self.channel in ("mail", "survey"):
            found.append(
                SQL(
                    """p.email_normalized IS NOT NULL AND NOT EXISTS (
                        SELECT FROM mail_blacklist b WHERE b.active AND b.email = p.email_normalized)"""
                )
            )
        return found

    # Occasions: each method returns a statement of (partner_id, occasion, date, date_to, picking_id, complaint_id)

    def _customers(self, company):
        """Return the customers of a company as a statement of (id): who has ever bought something there."""
        return SQL(
            """SELECT DISTINCT buyer.commercial_partner_id AS id FROM sale_order s
                 JOIN res_partner buyer ON buyer.id = s.partner_id
                WHERE s.state = 'sale' AND s.company_id = %s""",
            company.id,
        )

    def _kept(self, today):
        """Return what is kept in the days that the rule looks at, as a table ``kept`` for a FROM clause."""
        first = max(self.begins_on, fields.Date.subtract(today, days=CATCH_UP))
        last = fields.Date.add(today, days=self.lead_days)
        rows = kept_between(first, last) or [("none", 0, 0, False, date.min, 0)]
        values = SQL(", ").join(SQL("(%s, %s, %s, %s, %s::date, %s)", *row) for row in rows)
        return SQL("(VALUES %s) AS kept(calendar, month, day, leap, date, year)", values)

    def _people(self, company):
        """Return who is greeted, as a statement of (id, customer_id): customers, or each of their people."""
        if self.target == "customer":
            return SQL("SELECT id, id AS customer_id FROM (%s) customer", self._customers(company))
        return SQL(
            """SELECT person.id, person.commercial_partner_id AS customer_id FROM (%s) customer
                 JOIN res_partner person ON person.commercial_partner_id = customer.id
                WHERE NOT COALESCE(person.is_company, FALSE) AND person.type = 'contact'""",
            self._customers(company),
        )

    def _occasions_birthday(self, company, today):
        """Return the birthdays of the people of customers, each in its own calendar."""
        return SQL(
            """
            SELECT person.id AS partner_id, 'birthday-' || kept.year AS occasion, kept.date,
                   kept.date + %(late)s AS date_to, NULL::integer AS picking_id, NULL::integer AS complaint_id
              FROM %(kept)s
              JOIN res_partner person ON person.customer_birthday_month = kept.month
               AND person.customer_birthday_day = kept.day
               AND COALESCE(person.customer_birthday_calendar, 'solar') = kept.calendar
               AND (kept.calendar = 'solar' OR COALESCE(person.customer_birthday_leap, FALSE) = kept.leap)
              JOIN (%(customers)s) customer ON customer.id = person.commercial_partner_id
            """,
            kept=self._kept(today),
            customers=self._customers(company),
            late=CATCH_UP,
        )

    def _occasions_holiday(self, company, today):
        """Return a holiday for everybody who is greeted on it."""
        holiday = self.holiday_id
        return SQL(
            """
            SELECT people.id AS partner_id, %(key)s || kept.year AS occasion, kept.date,
                   kept.date + %(late)s AS date_to, NULL::integer AS picking_id, NULL::integer AS complaint_id
              FROM %(kept)s CROSS JOIN (%(people)s) people
             WHERE kept.calendar = %(calendar)s AND kept.month = %(month)s AND kept.day = %(day)s AND NOT kept.leap
            """,
            key=f"holiday-{holiday.id}-",
            kept=self._kept(today),
            people=self._people(company),
            calendar=holiday.calendar,
            month=holiday.month,
            day=holiday.day,
            late=CATCH_UP,
        )

    def _occasions_customer_since(self, company, today):
        """Return the anniversaries of first orders, in the time of the company."""
        first = SQL(
            """SELECT buyer.commercial_partner_id AS customer_id,
                      MIN(s.date_order AT TIME ZONE 'UTC' AT TIME ZONE %s)::date AS began
                 FROM sale_order s JOIN res_partner buyer ON buyer.id = s.partner_id
                WHERE s.state = 'sale' AND s.company_id = %s GROUP BY 1""",
            self._zone(company),
            company.id,
        )
        return self._anniversaries("since-", first, company, today)

    def _occasions_contract(self, company, today):
        """Return the anniversaries of the contracts with customers."""
        began = SQL(
            """SELECT c.id AS customer_id, c.customer_contract_on AS began FROM res_partner c
                 JOIN (%s) customer ON customer.id = c.id WHERE c.customer_contract_on IS NOT NULL""",
            self._customers(company),
        )
        return self._anniversaries("contract-", began, company, today)

    def _anniversaries(self, key, began, company, today):
        return SQL(
            """
            SELECT people.id AS partner_id, %(key)s || kept.year AS occasion, kept.date,
                   kept.date + %(late)s AS date_to, NULL::integer AS picking_id, NULL::integer AS complaint_id
              FROM (%(began)s) start
              JOIN %(kept)s ON kept.calendar = 'solar' AND kept.month = EXTRACT(MONTH FROM start.began)
               AND kept.day = EXTRACT(DAY FROM start.began) AND kept.year > EXTRACT(YEAR FROM start.began)
              JOIN (%(people)s) people ON people.customer_id = start.customer_id
            """,
            key=key,
            began=began,
            kept=self._kept(today),
            people=self._people(company),
            late=CATCH_UP,
        )

    @api.model
    def _zone(self, company):
        """Return the time zone in which a company counts its days."""
        return company.partner_id.tz or company.resource_calendar_id.tz or "UTC"
