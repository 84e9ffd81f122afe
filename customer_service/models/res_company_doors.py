from odoo import fields, models

FILE_TYPES = (
    "jpg, jpeg, png, gif, webp, heic, pdf, doc, docx, xls, xlsx, ppt, pptx, csv, txt, zip, mp4, mov, mp3, m4a"
)


class ResCompany(models.Model):
    """How complaints come in by mail, portal and website, and when an answer opens them again."""

    _inherit = "res.company"

    complaint_reopen_days = fields.Integer(
        string="Answers Reopen for (Days)",
        default=30,
        help="An answer to a closed complaint opens it again for so many days; later it opens a new one. 0: never.",
    )
    complaint_acknowledge = fields.Boolean(
        string="Acknowledge Receipt",
        default=True,
        help="Who complains by mail, portal or website gets a mail with the number at once.",
    )
    complaint_thanks = fields.Text(
        string="More Words of Thanks",
        help="One a line. A short answer with such words and without a question does not reopen a complaint.",
    )
    complaint_portal = fields.Boolean(string="Complaints in the Portal", default=True)
    complaint_web = fields.Boolean(
        string="Public Complaint Form",
        default=True,
        help="At /complaint, where the Website app is installed.",
    )
    complaint_web_limit = fields.Integer(
        string="Public Complaints an Hour",
        default=5,
        help="From one address of the network; further ones are refused.",
    )
    complaint_file_size = fields.Integer(
        string="Largest File (MB)", default=20, help="Larger files of customers are not kept."
    )
    complaint_file_count = fields.Integer(
        string="Files at a Time", default=20, help="Of one mail or one form; more are not kept."
    )
    complaint_file_types = fields.Char(
        string="Kinds of Files",
        default=FILE_TYPES,
        help="What customers may hand in by portal and website, by the ends of the names.",
    )

    _complaint_doors_positive = models.Constraint(
        "CHECK(complaint_reopen_days >= 0 AND complaint_web_limit > 0 AND complaint_file_size > 0"
        " AND complaint_file_count > 0)",
        "Files have a size and a number of 1 at least, and days are not negative.",
    )
