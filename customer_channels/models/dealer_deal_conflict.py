from odoo import models
from odoo.tools import SQL, format_date

from .dealer_deal import KEYS

# Which key of a lead ``l`` with the partner ``c`` stands for which of a deal.
LEAD_KEYS = {
    "name_key": SQL("l.customer_deal_key"),
    "vat_key": SQL("lower(regexp_replace(c.vat, '[^[:alnum:]]', '', 'g'))"),
    "mail_key": SQL("l.email_normalized"),
    "phone_key": SQL("l.customer_deal_phone_key"),
}


class CustomerDealerDeal(models.Model):
    """Who else works on the end customers of deals: other dealers that are protected, and ourselves."""

    _inherit = "customer.dealer.deal"

    def _conflicts(self):
        """Return what stands against the protection of these deals: one statement for any number.

        :return: ``{deal id: {"deals": ids, "leads": ids, "notes": [text]}}``; without a conflict no entry. Deals are
            the protected ones of any dealer; leads are open ones of our own that belong to no deal of that dealer.
        """
        if not self.ids:
            return {}
        for name in ("customer.dealer.deal", "crm.lead", "res.partner"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                "%s UNION ALL %s ORDER BY 1, 2, 3",
                self._conflicting_deals_sql(),
                self._conflicting_leads_sql(),
            )
        )
        deals = self.sudo().browse({other for _id, kind, other in rows if kind == "deal"})
        leads = self.env["crm.lead"].sudo().browse({other for _id, kind, other in rows if kind == "lead"})
        (deals.fetch(["protected_until"]), leads.fetch(["user_id", "create_date"]))
        found = {}
        for deal_id, kind, other in rows:
            one = found.setdefault(deal_id, {"deals": [], "leads": [], "notes": []})
            one[f"{kind}s"].append(other)
            known = deals.browse(other) if kind == "deal" else leads.browse(other)
            one["notes"].append(self._conflict_text(known))
        return found

    def _conflict_text(self, other):
        """Return in words who has it; not which dealer, that is between that dealer and us."""
        if other._name == self._name:
            day = format_date(self.env, other.protected_until)
            return self.env._("Protected by deal %(deal)s until %(day)s.", deal=other.name, day=day)
        return self.env._(
            "Opportunity of our own since %(day)s, in charge: %(user)s.",
            day=format_date(self.env, other.create_date),
            user=other.user_id.name or self.env._("nobody"),
        )

    def _conflicting_deals_sql(self):
        same = SQL(" OR ").join(SQL("o.%(key)s = d.%(key)s", key=SQL.identifier(key)) for key in KEYS)
        return SQL(
            """
            SELECT d.id, 'deal', o.id FROM customer_dealer_deal d
              JOIN customer_dealer_deal o ON o.company_id = d.company_id AND o.state = 'protected'
               AND o.id <> d.id AND (%s)
             WHERE d.id = ANY(%s) AND d.result IS NULL
            """,
            same,
            self.ids,
        )

    def _conflicting_leads_sql(self):
        same = SQL(" OR ").join(
            SQL("%s = d.%s", column, SQL.identifier(key)) for key, column in LEAD_KEYS.items()
        )
        return SQL(
            """
            SELECT d.id, 'lead', l.id FROM customer_dealer_deal d
              JOIN crm_lead l ON l.active AND l.won_status = 'pending'
               AND (l.company_id IS NULL OR l.company_id IN (
                    SELECT b.id FROM res_company b, res_company r
                     WHERE r.id = d.company_id AND b.parent_path LIKE r.parent_path || '%%'))
         LEFT JOIN res_partner p ON p.id = l.partner_id
         LEFT JOIN res_partner c ON c.id = p.commercial_partner_id
             WHERE d.id = ANY(%s) AND d.result IS NULL AND (%s)
               AND l.id IS DISTINCT FROM d.lead_id
               AND COALESCE(p.commercial_partner_id, 0) <> d.partner_id
               AND NOT EXISTS (SELECT 1 FROM customer_dealer_deal own
                                WHERE own.lead_id = l.id AND own.dealer_id = d.dealer_id)
            """,
            self.ids,
            same,
        )
