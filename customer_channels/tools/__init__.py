from .deal_key import mail_key, name_key, number_key, phone_key
from .effects import split_gap
