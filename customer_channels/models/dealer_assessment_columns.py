from odoo import api, fields, models

# The criteria of the agent selection survey that stand in columns of their own, by the ends of their external ids.
CRITERIA = ("will", "team", "finance", "reputation", "line", "network", "logistics")


class CustomerAssessment(models.Model):
    """Candidates as rows, criteria as columns. (form 5.18)

    Text, because what is not answered is not zero.
    """

    _inherit = "customer.assessment"

    candidate_will = fields.Char(string="Will", compute="_compute_candidate")
    candidate_team = fields.Char(string="Sales Power", compute="_compute_candidate")
    candidate_finance = fields.Char(string="Credit and Finance", compute="_compute_candidate")
    candidate_reputation = fields.Char(string="Management", compute="_compute_candidate")
    candidate_line = fields.Char(string="Product Line", compute="_compute_candidate")
    candidate_network = fields.Char(string="Network Coverage", compute="_compute_candidate")
    candidate_logistics = fields.Char(string="Storage and Delivery", compute="_compute_candidate")
    candidate_rank = fields.Integer(
        string="Rank",
        compute="_compute_candidate_rank",
        aggregator=None,
        help="Among the finished surveys by the same template that you see.",
    )

    @api.depends("line_ids.value", "line_ids.is_known", "line_ids.rule")
    def _compute_candidate(self):
        criteria = {}
        for name in CRITERIA:
            xml_id = f"customer_channels.assessment_template_agent_{name}"
            criterion = self.env.ref(xml_id, raise_if_not_found=False)
            if criterion:
                criteria[criterion.id] = f"candidate_{name}"
        empty = {f"candidate_{name}": False for name in CRITERIA}
        for assessment in self:
            values = dict(empty)
            for line in assessment.line_ids:
                name = criteria.get((line.rule or {}).get("id"))
                if name and line.has_result:
                    values[name] = f"{line.earned:g} / {line.weight:g}"
            assessment.update(values)

    @api.depends("score", "state", "template_id")
    def _compute_candidate_rank(self):
        rivals = self.search_fetch(
            [("template_id", "in", self.template_id.ids), ("state", "=", "done"), ("has_score", "=", True)],
            ["template_id", "company_id", "score"],
        )
        places = {}
        for _key, group in rivals.grouped(lambda one: (one.template_id, one.company_id)).items():
            scores = sorted(group.mapped("score"), reverse=True)
            places.update({one: 1 + scores.index(one.score) for one in group})
        for assessment in self:
            assessment.candidate_rank = places.get(assessment._origin, 0)
