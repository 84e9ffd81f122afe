from odoo.http import request

from odoo.addons.survey.controllers.main import Survey


class SatisfactionSurvey(Survey):
    """How customers answer: by their own link only, and in an anonymous wave as nobody, whoever is logged in."""

    def _get_access_data(self, survey_token, answer_token, ensure_token=True, check_partner=True):
        """Override of `survey`: what is written for an anonymous answer does not carry the name of a portal user."""
        if not request.env.user._is_public():
            _survey, answer = self._fetch_from_access_token(survey_token, answer_token)
            if answer.satisfaction_wave_id.anonymous:
                request.update_env(user=request.env.ref("base.public_user").id)
        return super()._get_access_data(
            survey_token, answer_token, ensure_token=ensure_token, check_partner=check_partner
        )
