from odoo import api, models

from odoo.addons.customer_management.tools import print_font

from ..exceptions import CreditWriteError

# Followers, activities and messages are about a document, not in it.
BESIDE = ("message_", "activity_", "my_activity_", "website_message_", "rating_")


class CustomerCreditTypedMixin(models.AbstractModel):
    """For documents of credit: what is worked out or taken down, nobody writes, whichever way.

    Those are the fields that are read only in the model; forms never send them, but calls, imports and
    defaults of the context may.
    """

    _name = "customer.credit.typed.mixin"
    _description = "Credit Document That Works Out Its Figures"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: no value and no default of the context is put in for what is worked out.

        :raises CreditWriteError: naming the first such field
        """
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._refuse_worked_out(name for name in vals if vals[name])
        held = {f"default_{name}" for name, field in self._fields.items() if field.readonly}
        context = {key: value for key, value in self.env.context.items() if key not in held}
        # The lines that a document brings itself need its id, and their defaults are theirs.
        records = super(CustomerCreditTypedMixin, self.with_env(self.env(context=context))).create(vals_list)
        return records.with_env(self.env)

    def write(self, vals):
        """Override of `base`: what is worked out or taken down is not written.

        :raises CreditWriteError: naming the first such field
        """
        self._refuse_worked_out(vals)
        return super().write(vals)

    def _refuse_worked_out(self, names):
        if self.env.su:
            return
        for name in names:
            field = self._fields.get(name)
            if field and field.readonly and not name.startswith(BESIDE) and not name.startswith("approval_"):
                raise CreditWriteError(
                    self.env._(
                        "“%(field)s” of %(document)s is worked out or taken down, not entered.",
                        field=field._description_string(self.env),
                        document=self._description,
                    )
                )

    def _print_font(self):
        """Return the style of the font for the reader's language."""
        return print_font(self.env)
