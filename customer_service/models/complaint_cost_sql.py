import json

from odoo import api, models
from odoo.tools import SQL

# What the statement reads: written to the database before it runs.
READ = {
    "customer.complaint.remedy": ["step"],
    "customer.complaint.remedy.line": None,
    "customer.complaint.cost": None,
    "account.move": ["state", "payment_state", "amount_untaxed_signed"],
    "sale.order.line": None,
    "repair.order": None,
    "stock.move": None,
    "stock.scrap": ["state", "picking_id", "product_id"],
    "stock.location": ["usage"],
    "product.product": ["standard_price"],
    "product.template": ["uom_id"],
    "uom.uom": ["factor"],
}


class CustomerComplaint(models.Model):
    """What complaints cost, as one statement: for a complaint on the screen and for all of them in a report."""

    _inherit = "customer.complaint"

    @api.model
    def _cost_sql(self):
        """Override: the same figures, of all complaints that cost something."""
        return SQL(
            "%s UNION ALL SELECT complaint_id, amount FROM (%s) cost_row",
            super()._cost_sql(),
            self._cost_rows_sql(),
        )

    @api.model
    def _cost_rows_sql(self):
        """Hook: return SQL selecting ``(complaint_id, part, amount)``: what complaints cost, document by document.

        In company currency, without taxes; positive costs, negative comes back; the part is one of
        ``complaint_costs.PARTS``. Addons add rows of their own with UNION ALL.
        """
        for name, names in READ.items():
            self.env[name].flush_model(names)
        return SQL(" UNION ALL ").join(
            (
                self._cost_credits_sql(),
                self._cost_goods_sql(),
                self._cost_repairs_sql(),
                self._cost_returns_sql(),
                self._cost_entered_sql(),
            )
        )

    @api.model
    def _cost_lines_sql(self):
        """Return the lines of remedies that are carried out, for a FROM clause."""
        return SQL(
            """customer_complaint_remedy_line line
               JOIN customer_complaint_remedy remedy ON remedy.id = line.remedy_id AND remedy.step = 'running'"""
        )

    @api.model
    def _cost_credits_sql(self):
        """Return what posted credit notes took off the revenue, each once for a complaint."""
        return SQL(
            """
            SELECT given.complaint_id, 'credit' AS part, -move.amount_untaxed_signed AS amount
              FROM (SELECT DISTINCT line.complaint_id, line.credit_move_id FROM %s) given
              JOIN account_move move ON move.id = given.credit_move_id
             WHERE move.state = 'posted' AND move.payment_state IS DISTINCT FROM 'reversed'
            """,
            self._cost_lines_sql(),
        )

    @api.model
    def _cost_goods_sql(self):
        """Return what goods cost that were sent; those of them that came back again take it off."""
        return SQL(
            """
            SELECT line.complaint_id, 'goods',
                   CASE target.usage WHEN 'customer' THEN 1 ELSE -1 END * %s
              FROM %s
              JOIN stock_move move ON move.sale_line_id = line.order_line_id AND move.state = 'done'
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
              %s
             WHERE 'customer' IN (source.usage, target.usage)
            """,
            self._cost_move_sql(),
            self._cost_lines_sql(),
            self._cost_product_sql(),
        )

    @api.model
    def _cost_repairs_sql(self):
        """Return what the parts cost that repairs put in."""
        return SQL(
            """
            SELECT line.complaint_id, 'repair', %s
              FROM %s
              JOIN stock_move move ON move.repair_id = line.repair_id
               AND move.repair_line_type = 'add' AND move.state = 'done'
              %s
            """,
            self._cost_move_sql(),
            self._cost_lines_sql(),
            self._cost_product_sql(),
        )

    @api.model
    def _cost_returns_sql(self):
        """Return what came back into stock, less its part of what was scrapped from the same transfer."""
        return SQL(
            """
            SELECT line.complaint_id, 'returned', LEAST(COALESCE(scrapped.amount, 0), %(cost)s) - %(cost)s
              FROM %(lines)s
              JOIN stock_move back ON back.complaint_remedy_line_id = line.id AND back.state = 'done'
              JOIN stock_location target ON target.id = back.location_dest_id AND target.usage = 'internal'
              %(product)s
              LEFT JOIN LATERAL (%(scrapped)s) scrapped ON TRUE
             WHERE line.kind <> 'repair'
            """,
            cost=self._cost_move_sql("back"),
            lines=self._cost_lines_sql(),
            product=self._cost_product_sql("back"),
            scrapped=self._cost_scrapped_sql(),
        )

    @api.model
    def _cost_scrapped_sql(self):
        """Return the part of a move ``back`` in what was scrapped of its product from its transfer, at cost.

        By quantity, where the transfer brought the product in more than one move.
        """
        return SQL(
            """
            SELECT SUM(%s) * back.quantity / (
                       SELECT NULLIF(SUM(brought.quantity), 0) FROM stock_move brought
                        WHERE brought.picking_id = back.picking_id AND brought.product_id = back.product_id
                          AND brought.state = 'done' AND brought.scrap_id IS NULL) AS amount
              FROM stock_scrap scrap
              JOIN stock_move move ON move.scrap_id = scrap.id
              %s
             WHERE scrap.picking_id = back.picking_id AND scrap.product_id = back.product_id
               AND scrap.state = 'done'
            """,
            self._cost_move_sql(),
            self._cost_product_sql(),
        )

    @api.model
    def _cost_entered_sql(self):
        """Return what was entered; what salvage, insurance and supplier pay is negative there."""
        return SQL(
            """
            SELECT complaint_id,
                   CASE WHEN kind IN ('salvage', 'insurance', 'supplier') THEN 'recovered' ELSE 'entered' END,
                   signed_amount
              FROM customer_complaint_cost
            """
        )

    @api.model
    def _cost_move_sql(self, move="move"):
        """Return what the goods of a done move cost: as valued, or else at the cost of the product.

        :param str move: what the moves are called in the statement, which joins ``_cost_product_sql``
        """
        prices = self.env["product.product"].sudo()
        field = prices._fields["standard_price"]
        usual = {
            str(company.id): field.get_company_dependent_fallback(prices.with_company(company)) or 0
            for company in self.env["res.company"].sudo().search([("active", "in", (True, False))])
        }
        return SQL(
            """COALESCE(
                NULLIF(ABS(%(move)s.value), 0),
                %(move)s.quantity * COALESCE(moved_in.factor / NULLIF(kept_in.factor, 0), 1) * COALESCE(
                    goods.standard_price ->> %(move)s.company_id::text,
                    %(usual)s::jsonb ->> %(move)s.company_id::text)::numeric,
                0)""",
            move=SQL.identifier(move),
            usual=json.dumps(usual),
        )

    @api.model
    def _cost_product_sql(self, move="move"):
        """Return the joins that the cost of a move needs."""
        return SQL(
            """JOIN product_product goods ON goods.id = %(move)s.product_id
               JOIN product_template template ON template.id = goods.product_tmpl_id
               LEFT JOIN uom_uom moved_in ON moved_in.id = %(move)s.product_uom
               LEFT JOIN uom_uom kept_in ON kept_in.id = template.uom_id""",
            move=SQL.identifier(move),
        )
