from .flow_drawing import draw_flow

__all__ = ["draw_flow"]
