"""Short words to make templates and assessments in tests."""

from odoo.fields import Command

from .common import TODAY, CustomerCase


class AssessmentCase(CustomerCase):
    """A company with people, a customer of the salesperson, and templates made in one line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.customer = cls._make_customer("Lotus Stores", user_id=cls.seller.id)

    @classmethod
    def _template(cls, *criteria, **values):
        """Return a template; each criterion is a dict, with its conclusions as pairs of name and limit."""
        conclusions = values.pop("conclusions", ())
        figures = values.pop("figures", ())
        return cls.env["customer.assessment.template"].create(
            {
                "name": "Check",
                "criterion_ids": [
                    Command.create({"sequence": place, **criterion})
                    for place, criterion in enumerate(criteria, 1)
                ],
                "conclusion_ids": [
                    Command.create({"name": name, "limit": limit}) for name, limit in conclusions
                ],
                "figure_ids": [
                    Command.create({"name": code, "code": code, **more}) for code, more in figures
                ],
                **values,
            }
        )

    @staticmethod
    def _judged(name, weight=10, kind="points", **values):
        """Return the values of a judged criterion."""
        return {"name": name, "source": "judged", "answer_kind": kind, "weight": weight, **values}

    @classmethod
    def _measured(cls, code, weight=10, floor=0.0, ceiling=0.0, **values):
        """Return the values of a criterion that comes from a metric."""
        return {
            "metric_id": cls._metric(code).id,
            "weight": weight,
            "floor": floor,
            "ceiling": ceiling,
            **values,
        }

    @staticmethod
    def _formula(name, formula, weight=10, **values):
        """Return the values of a criterion that is computed, by default from 0 to 1."""
        return {
            "name": name,
            "source": "formula",
            "formula": formula,
            "weight": weight,
            "floor": 0,
            "ceiling": 1,
            **values,
        }

    @staticmethod
    def _options(*pairs):
        """Return the commands for the options of a choice."""
        return [
            Command.create({"sequence": place, "label": label, "points": points})
            for place, (label, points) in enumerate(pairs, 1)
        ]

    @staticmethod
    def _bands(*pairs):
        """Return the commands for bands; a limit of None is that of all others."""
        return [
            Command.create({"limit": limit, "points": points, "is_rest": limit is None})
            for limit, points in pairs
        ]

    @classmethod
    def _assess(cls, template, answers=None, figures=None, user=None, **values):
        """Return a draft with these answers and figures, by name, entered by the salesperson."""
        assessments = cls.env["customer.assessment"].with_user(user or cls.seller)
        vals = {"template_id": template.id, "partner_id": cls.customer.id, "date": TODAY, **values}
        assessment = assessments.create(vals)
        cls._answer(assessment, **(answers or {}))
        for row in assessment.figure_ids:
            if row.code in (figures or {}):
                row.value = figures[row.code]
        return assessment

    @staticmethod
    def _answer(assessment, **answers):
        """Answer questions by the name of their criterion; None takes the answer back."""
        lines = {line.name: line for line in assessment.line_ids}
        for name, value in answers.items():
            lines[name].write({"value": value or 0, "is_known": value is not None})
