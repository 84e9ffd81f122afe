"""A report keeps the range of ids that its stored items lie in, in place of an index on them."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE customer_aging_report r SET item_from = i.first, item_to = i.last
          FROM (SELECT report_id, MIN(id) AS first, MAX(id) AS last FROM customer_aging_item GROUP BY 1) i
         WHERE i.report_id = r.id
        """
    )
