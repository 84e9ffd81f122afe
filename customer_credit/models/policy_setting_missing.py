from odoo import models


class CustomerPolicySetting(models.Model):
    """TEMPORARY: others make these settings at the same time."""

    _inherit = "customer.policy.setting"

    def _missing(self, company):
        return None

    _setting_credit_ratings = _missing
    _setting_credit_review_cycle = _missing
    _setting_credit_temporary_limits = _missing
    _setting_credit_expired_review = _missing
    _setting_credit_limit_methods = _missing
    _setting_credit_limit_combination = _missing
    _setting_credit_investigation_items = _missing
    _setting_credit_investigation_validity = _missing
    _setting_credit_ratios = _missing
    _setting_credit_scorecard = _missing
    _setting_credit_standing_events = _missing
    _setting_credit_rules = _missing
    _setting_credit_release_ladder = _missing
    _setting_credit_release_days = _missing
