from .credit_case import ActiveRule, CreditCase, Standing
