from odoo import fields, models
from odoo.tools import SQL


class CustomerCareRule(models.Model):
    """Occasions that follow from what happened: a silence, a receipt, a complaint."""

    _inherit = "customer.care.rule"

    def _occasions_inactive(self, company, today):
        """Return the customers who have not ordered for so many months, once for each silence."""
        return SQL(
            """
            SELECT customer_id AS partner_id, 'silent-' || last AS occasion,
                   (last + make_interval(months => %(months)s))::date AS date, %(today)s::date + 14 AS date_to,
                   NULL::integer AS picking_id, NULL::integer AS complaint_id
              FROM (SELECT buyer.commercial_partner_id AS customer_id,
                           MAX(s.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS last
                      FROM sale_order s JOIN res_partner buyer ON buyer.id = s.partner_id
                     WHERE s.state = 'sale' AND s.company_id = %(company)s GROUP BY 1) orders
             WHERE (last + make_interval(months => %(months)s))::date <= %(today)s
            """,
            months=self.months,
            today=today,
            zone=self._zone(company),
            company=company.id,
        )

    def _receipt(self):
        """Hook: return when the customer received a delivery ``picking``, as an expression of a time in UTC."""
        return SQL("picking.date_done")

    def _occasions_delivery(self, company, today):
        """Return the deliveries that the customer has had for some days."""
        received = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", self._receipt(), self._zone(company))
        return SQL(
            """
            SELECT picking.partner_id, 'delivery-' || picking.id AS occasion, %(received)s + %(start)s AS date,
                   %(received)s + %(stop)s AS date_to, picking.id AS picking_id, NULL::integer AS complaint_id
              FROM stock_picking picking
              JOIN stock_location place ON place.id = picking.location_dest_id AND place.usage = 'customer'
             WHERE picking.state = 'done' AND picking.company_id = %(company)s AND picking.partner_id IS NOT NULL
               AND picking.date_done >= %(oldest)s
               AND %(received)s + %(start)s <= %(last)s AND %(received)s + %(stop)s >= %(today)s
            """,
            received=received,
            start=self.day_from,
            stop=self.day_to,
            company=company.id,
            oldest=fields.Date.subtract(today, days=self.day_to + 60),
            last=fields.Date.add(today, days=self.lead_days),
            today=today,
        )

    def _occasions_complaint(self, company, today):
        """Return the complaints that were settled or rejected some days ago."""
        closed = SQL("(complaint.date_closed AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", self._zone(company))
        return SQL(
            """
            SELECT complaint.partner_id, 'complaint-' || complaint.id || '-' || COALESCE(complaint.reopen_count, 0)
                   AS occasion, %(closed)s + %(start)s AS date, %(closed)s + %(stop)s AS date_to,
                   NULL::integer AS picking_id, complaint.id AS complaint_id
              FROM customer_complaint complaint
             WHERE complaint.stage = 'closed' AND complaint.outcome IN ('settled', 'rejected')
               AND complaint.company_id = %(company)s AND complaint.partner_id IS NOT NULL
               AND %(closed)s + %(start)s <= %(last)s AND %(closed)s + %(stop)s >= %(today)s
            """,
            closed=closed,
            start=self.day_from,
            stop=self.day_to,
            company=company.id,
            last=fields.Date.add(today, days=self.lead_days),
            today=today,
        )
