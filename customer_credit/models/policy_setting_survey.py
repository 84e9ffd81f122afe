from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from investigations, ratios, the scorecard and the monthly standing."""

    _inherit = "customer.policy.setting"

    def _setting_credit_investigation_items(self, company):
        """Return a table of what an investigation asks: the group, its items and where the answers come from."""
        items = self._of_company("customer.credit.inquiry.item", company)
        if not items:
            return None
        groups = dict(items._fields["group"]._description_selection(self.env))
        sources = dict(items._fields["source"]._description_selection(self.env))
        rows = [
            [
                groups[group],
                self.env._(", ").join(found.mapped("name")),
                self.env._(", ").join(dict.fromkeys(sources[item.source] for item in found)),
            ]
            for group, found in items.grouped("group").items()
        ]
        return table([self.env._("Section"), self.env._("Items"), self.env._("Sources")], rows)

    def _setting_credit_investigation_validity(self, company):
        """Return for how long findings hold, in words."""
        scale = self.env["customer.credit.rating"]._scale(company)
        good = scale.filtered(lambda rating: rating.score_above >= company.customer_credit_good_score)
        others = self.env._("%s months", company.customer_credit_validity)
        if not good:
            return others
        return self.env._(
            "%(good)s for the ratings %(first)s to %(last)s, %(others)s for all others",
            good=self.env._("%s months", company.customer_credit_validity_good),
            first=good[0].name,
            last=good[-1].name,
            others=others,
        )

    def _setting_credit_ratios(self, company):
        """Return a table of the ratios with the bounds from which they are good and bad."""
        norms = self._of_company("customer.credit.norm", company)
        if not norms:
            return None
        names = dict(norms._fields["code"]._description_selection(self.env))
        ratios, currency = self.env["customer.credit.ratio"], company.currency_id
        rows = [
            [
                names[norm.code],
                norm.industry_id.name or self.env._("all"),
                *(
                    f"{sign} {ratios._in_words(norm.code, bound, currency)}"
                    for sign, bound in zip(
                        "≥≤" if norm.good > norm.bad else "≤≥", (norm.good, norm.bad), strict=True
                    )
                ),
            ]
            for norm in norms
        ]
        head = [self.env._("Ratio"), self.env._("Trade"), self.env._("Good"), self.env._("Bad")]
        return table(head, rows)

    def _setting_credit_scorecard(self, company):
        """Return a table of the scorecard: parts, criteria, most points, and the values that earn them."""
        template = self.env.ref("customer_credit.assessment_template_scorecard", raise_if_not_found=False)
        if not template or not template.criterion_ids:
            return None
        rows = [
            [
                criterion.section_id.name or "–",
                criterion.name,
                f"{criterion.weight:g}",
                self._criterion_bands(criterion),
            ]
            for criterion in template._lines()
        ]
        head = [
            self.env._("Part"),
            self.env._("Criterion"),
            self.env._("Most Points"),
            self.env._("Points"),
        ]
        return table(head, rows)

    def _criterion_bands(self, criterion):
        """Return what earns how many points: thresholds, options, or how it is answered."""
        sign = "≤" if criterion.band_side == "most" else "≥"
        words = []
        for band in criterion.band_ids:
            what = band.label or (
                self.env._("else") if band.is_rest else f"{sign} {self._bound(criterion, band)}"
            )
            words.append(f"{what}: {band.points:g}")
        if words:
            return "; ".join(words)
        if criterion.answer_kind == "yes_no":
            return self.env._("yes or no")
        return self.env._("0 to %s, judged", f"{criterion.points_max:g}")

    def _bound(self, criterion, band):
        unit = "percentile" if criterion.percentile else criterion.metric_id.unit
        if unit in ("ratio", "days", "months"):
            return self.env["customer.metric"]._in_unit(band.limit, unit, self.env.company.currency_id)
        return f"{band.limit:g}"

    def _setting_credit_standing_events(self, company):
        """Return which changes in a month ask for a review, in words."""
        return self.env._(
            "a rating that changes by more than %(bands)s step in a month, or a use of the limit that rises by "
            "more than %(points)s percentage points",
            bands=company.customer_credit_event_bands,
            points=f"{company.customer_credit_event_use:g}",
        )
