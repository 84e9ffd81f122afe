from odoo import models


class CustomerDemoStory(models.AbstractModel):
    """What dealers of the story do."""

    _inherit = "customer.demo.story"
