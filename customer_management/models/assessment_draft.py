from odoo import api, fields, models
from odoo.tools.misc import clean_context


class CustomerAssessment(models.Model):
    """Drafting: the questions from the template, and the values that the company's documents give."""

    _inherit = "customer.assessment"

    has_measures = fields.Boolean(
        compute="_compute_has_measures", help="Something of it can be filled from data."
    )
    is_outdated = fields.Boolean(
        compute="_compute_is_outdated", help="The template was changed since the draft."
    )

    @api.depends("line_ids.rule", "figure_ids.metric")
    def _compute_has_measures(self):
        for assessment in self:
            sources = {(line.rule or {}).get("source") for line in assessment.line_ids}
            assessment.has_measures = bool(sources - {"judged", "formula"}) or any(
                assessment.figure_ids.mapped("metric")
            )

    @api.depends("rules", "line_ids.rule", "state")
    def _compute_is_outdated(self):
        for assessment in self:
            template = assessment.template_id
            assessment.is_outdated = (
                assessment.state == "draft"
                and bool(assessment.rules)
                and (
                    assessment.rules != template._snapshot()
                    or assessment.line_ids.mapped(lambda line: (line.weight, line.section, line.rule))
                    != template._lines().mapped(
                        lambda c: (c.weight, c.section_id.name or False, c._snapshot())
                    )
                )
            )

    def _as_server(self):
        """Return the same as the system, and without defaults that a caller may have sent."""
        return self.with_env(self.env(su=True, context=clean_context(self.env.context)))

    def _draft(self):
        """Draw up the questions by the template as it is now, keeping answers to criteria that stay; fill metrics."""
        server = self._as_server()
        kept = {(line.assessment_id, line.rule["id"]): line for line in server.line_ids if line.rule}
        lines, figures = [], []
        for template, drafts in server.grouped("template_id").items():
            template._ensure_usable()
            drafts.rules = template._snapshot()
            rules = [
                {**criterion._line_values(), "sequence": place}
                for place, criterion in enumerate(template._lines(), 1)
            ]
            snapshots = [figure._snapshot() for figure in template.figure_ids]
            for draft in drafts:
                lines += [draft._line_of(values, kept.get((draft, values["rule"]["id"]))) for values in rules]
                figures += draft._figures_of(snapshots)
        server.line_ids.unlink()
        server.figure_ids.unlink()
        server.env["customer.assessment.line"].create(lines)
        server.env["customer.assessment.figure.value"].create(figures)
        server._fill()

    def _line_of(self, values, kept):
        """Return the values of a line, with the answer of the line that stood there before."""
        values = {**values, "assessment_id": self.id}
        same = kept and kept.rule["kind"] == values["rule"]["kind"] and kept.rule["source"] == "judged"
        if same and kept.rule["bands"] == values["rule"]["bands"]:
            values.update(value=kept.value, is_known=kept.is_known, note=kept.note)
            values["attachment_ids"] = [fields.Command.set(kept.attachment_ids.ids)]
        return values

    def _figures_of(self, snapshots):
        """Return the values of the figures, with the numbers of the figures that stood there before."""
        kept = {row.code: row for row in self.figure_ids if not row.metric}
        return [
            {
                "assessment_id": self.id,
                "sequence": place,
                **{name: snapshot[name] for name in ("name", "code", "unit", "required", "metric")},
                "value": kept[snapshot["code"]].value if snapshot["code"] in kept else 0.0,
                "is_known": kept[snapshot["code"]].is_known if snapshot["code"] in kept else False,
            }
            for place, snapshot in enumerate(snapshots, 1)
        ]

    # Filling

    def action_fill(self):
        """Fill in what the company's own documents say, as of the day of each assessment."""
        self.check_access("write")
        self._ensure_draft()
        self._fill()

    def _fill(self):
        """Fill lines and figures of metrics in one evaluation, then the lines of other sources.

        These are filled by a method ``_fill_<source>`` of ``customer.assessment.line``, called once for all
        lines of that source; it writes ``value``, ``is_known`` and ``filled_on``.
        """
        server = self._as_server()
        keys = {
            line: (line.rule["metric"], line.rule["percentile"])
            for line in server.line_ids
            if line.kind == "metric"
        }
        keys.update({row: (row.metric, False) for row in server.figure_ids.filtered("metric")})
        wanted = {}
        for row, key in keys.items():
            wanted.setdefault(row.assessment_id, set()).add(key)
        values, now = server._measured(wanted), fields.Datetime.now()
        for row, key in keys.items():
            value = values.get((row.assessment_id, *key))
            row.write({"value": value or 0.0, "is_known": value is not None, "filled_on": now})
        for source, lines in server.line_ids.grouped(lambda line: (line.rule or {}).get("source")).items():
            method = source != "metric" and getattr(lines, f"_fill_{source}", None)
            if method:
                method()

    def _measured(self, wanted):
        """Return metrics for many assessments: one evaluation for each day, period and company.

        :param dict wanted: (metric code, whether its percentile) by assessment
        :return: ``{(assessment, code, percentile): value}``, without what is missing
        """
        values = {}
        for (company, date, months), assessments in self.grouped(
            lambda a: (a.company_id, a.date, a.months)
        ).items():
            asked = set().union(*(wanted.get(assessment, ()) for assessment in assessments))
            found = self.env["customer.metric"]._measure(asked, date, months, company, assessments.partner_id)
            for assessment in assessments:
                for key in wanted.get(assessment, ()):
                    value = found.get(assessment.partner_id.id, {}).get(key)
                    if value is not None:
                        values[(assessment, *key)] = value
        return values

    def action_update_rules(self):
        """Take over the template as it is now; answers to questions that stay are kept."""
        self.check_access("write")
        self._ensure_draft()
        self._draft()
