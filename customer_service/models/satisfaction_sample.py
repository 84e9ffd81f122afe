import math
import random

from odoo import api, fields, models
from odoo.fields import Domain

from ..exceptions import SatisfactionStepError


class CustomerSatisfactionWave(models.Model):
    """How the sample of a wave is drawn: at random, by grade, and the same again from the same seed."""

    _inherit = "customer.satisfaction.wave"

    @api.model
    def _satisfaction_declined(self, partners):
        """Hook: return the contacts among these that do not want to be asked.

        Here: those whose address is on the host's mail blacklist, and those that declined care by e-mail. Others add
        theirs by ``super()`` and more.
        """
        emails = [email for email in partners.mapped("email_normalized") if email]
        listed = self.env["mail.blacklist"].sudo().search([("email", "in", emails)])
        refused = set(listed.mapped("email"))
        declined = partners.filtered(lambda partner: partner.email_normalized in refused)
        return declined | partners.filtered(lambda partner: partner.sudo().customer_care_no_mail)

    def action_draw(self):
        """Draw the sample, in place of one that was drawn before.

        :raises SatisfactionStepError: once the wave has begun
        """
        self._ensure_step("draft")
        for wave in self.sudo():
            wave.invitation_ids.unlink()
            wave._draw()
        self.sudo().write({"drawn_on": fields.Datetime.now()})

    def action_draw_anew(self):
        """Draw another sample: from a new seed."""
        self._ensure_step("draft")
        for wave in self:
            wave.seed = random.SystemRandom().randint(1, 2**31 - 1)
        self.action_draw()

    def _draw(self):
        """Make the invitations of one wave. As the system."""
        contacts = self._contacts()
        grades = self._grades_of(contacts)
        areas = self.env["customer.area"]._locate(self.env["res.partner"].union(*contacts), self.company_id)
        values = []
        for quota in self.quota_ids:
            customers = sorted((one for one in contacts if grades[one] == quota), key=lambda one: one.id)
            quota.population = len(customers)
            for customer in self._pick(quota, customers):
                values += [
                    {
                        "wave_id": self.id,
                        "quota_id": quota.id,
                        "company_id": self.company_id.id,
                        "survey_id": self.survey_id.id,
                        "partner_id": contact.id,
                        "grade_id": customer.customer_grade_id.id,
                        "area_id": areas[customer.id].id,
                        "send_on": self.date_from,
                    }
                    for contact in contacts[customer]
                ]
        self.env["customer.satisfaction.invitation"].create(values)

    def _pick(self, quota, customers):
        """Return so many customers of a line of the sample as its percentage says, rounded up."""
        count = math.ceil(round(len(customers) * quota.percent / 100, 6))
        draw = random.Random(f"{self.seed}-{quota.grade_id.id}")
        return sorted(draw.sample(customers, count), key=lambda one: one.id)

    def _contacts(self):
        """Return whom one could ask: ``{customer: its contacts}``, without those who are not asked."""
        partners = self.env["res.partner"].with_company(self.company_id)
        customers = self._by_area(partners.search(self._population()))
        domain = [("commercial_partner_id", "in", customers.ids), ("email_normalized", "!=", False)]
        people = partners.search(
            Domain(domain) & (Domain("id", "in", customers.ids) | Domain("type", "=", "contact")), order="id"
        )
        today = fields.Date.context_today(self)
        people -= self._satisfaction_declined(people)
        people -= self.env["customer.satisfaction.invitation"]._recently_asked(
            people, self.company_id, self.gap_days, today
        )
        contacts, seen = {}, set()
        for customer, found in people.grouped("commercial_partner_id").items():
            # A company's own address is asked only where no person of it is known.
            persons = (found - customer) or found
            for person in persons:
                first = contacts.setdefault(customer, partners)
                if person.email_normalized in seen or (first and self.contact_rule == "one"):
                    continue
                seen.add(person.email_normalized)
                contacts[customer] = first + person
        return {customer: persons for customer, persons in contacts.items() if persons}

    def _population(self):
        """Return the domain of the customers that the wave is about."""
        domain = Domain("parent_id", "=", False) & Domain("customer_rank", ">", 0)
        domain &= Domain("company_id", "in", (False, self.company_id.id))
        if self.team_ids:
            domain &= Domain("user_id.sale_team_id", "in", self.team_ids.ids)
        if self.bought_from or self.bought_to:
            domain &= Domain("id", "in", self._buyers())
        return domain

    def _buyers(self):
        """Return the ids of the customers that were invoiced in the period of the population."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
        ]
        if self.bought_from:
            domain.append(("invoice_date", ">=", self.bought_from))
        if self.bought_to:
            domain.append(("invoice_date", "<=", self.bought_to))
        rows = self.env["account.move"]._read_group(domain, ["commercial_partner_id"])
        return [partner.id for [partner] in rows]

    def _by_area(self, customers):
        """Return the customers that lie in the areas of the wave or in parts of them."""
        if not self.area_ids:
            return customers
        inside = set(self.env["customer.area"].search([("id", "child_of", self.area_ids.ids)]).ids)
        places = self.env["customer.area"]._locate(customers, self.company_id)
        return customers.filtered(lambda customer: places[customer.id].id in inside)

    def _grades_of(self, customers):
        """Return the line of the sample for each customer: that of its grade, or the one for all others."""
        lines = {quota.grade_id: quota for quota in self.quota_ids}
        others = lines.get(self.env["customer.grade"])
        return {customer: lines.get(customer.customer_grade_id, others) for customer in customers}

    def _ensure_sample(self):
        """:raises SatisfactionStepError: when nobody would be asked, or too few to stay anonymous"""
        for wave in self:
            count = len(wave.invitation_ids)
            if not count:
                raise SatisfactionStepError(
                    self.env._("Nobody would be asked by “%s”: draw the sample first.", wave.name)
                )
            if wave.anonymous and count < wave._least():
                raise SatisfactionStepError(
                    self.env._(
                        "“%(wave)s” asks %(count)s contacts: with fewer than %(least)s nobody stays anonymous. "
                        "Ask more, or do not promise it.",
                        wave=wave.name,
                        count=count,
                        least=wave._least(),
                    )
                )
