# Chinese characters differ by region: without the right font a reader meets those of another one.
REGIONS = {"zh_CN": "SC", "zh_TW": "TC", "zh_HK": "HK"}


def print_font(env):
    """Return the style of the font for the reader's language: Chinese characters differ by region."""
    region = REGIONS.get(env.lang or "")
    return f'font-family: "Noto Sans CJK {region}", sans-serif;' if region else ""
