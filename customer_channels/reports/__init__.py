from . import dealer_statistics, dealer_transaction
