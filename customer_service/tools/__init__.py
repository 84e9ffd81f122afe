from .working_time import WorkingTime, merge
