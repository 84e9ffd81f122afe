from odoo import api, models

from odoo.addons.customer_management.exceptions import ApprovalRightError


class CustomerApprovalRule(models.Model):
    """Who decides about credit is settled by who answers for credit, not by who manages the sellers."""

    _inherit = "customer.approval.rule"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `customer_management`: steps of credit documents are for managers of credit.

        :raises ApprovalRightError: when somebody else makes one
        """
        rules = super().create(vals_list)
        rules._credit_ensure_keeper()
        return rules

    def write(self, vals):
        """Override of `customer_management`: neither what is one of credit documents, nor what becomes one.

        :raises ApprovalRightError: when somebody else changes one
        """
        self._credit_ensure_keeper()
        done = super().write(vals)
        if "model_id" in vals:
            self._credit_ensure_keeper()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_credit(self):
        self._credit_ensure_keeper()

    def _credit_ensure_keeper(self):
        """:raises ApprovalRightError: when a step is of credit documents, and the user does not manage credit"""
        if self.env.su or self.env.user.has_group("customer_credit.group_credit_manager"):
            return
        for rule in self:
            model = rule.sudo().model_id.model
            if model in self.pool and self.pool[model]._original_module == "customer_credit":
                raise ApprovalRightError(
                    self.env._(
                        "The step “%(step)s” decides about credit (%(documents)s): only managers of credit change it.",
                        step=rule.name,
                        documents=rule.sudo().model_id.name,
                    )
                )
