"""The code printed on every page: what a reader types to check which edition a paper came from."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CHECK = ALPHABET + "*~$=U"  # the check character is modulo 37
BITS = 50


def verify_code(manifest_sha: str) -> str:
    """The first 50 bits of the edition's manifest in Crockford base 32 with a check character: AAAAA-BBBBB-C."""
    number = int(manifest_sha[:13], 16) >> 2  # 52 bits, the last two dropped
    digits = ""
    rest = number
    for _ in range(BITS // 5):
        rest, digit = divmod(rest, 32)
        digits = ALPHABET[digit] + digits
    return f"{digits[:5]}-{digits[5:]}-{CHECK[number % 37]}"


def read_code(typed: str) -> str | None:
    """The code as it is printed, from what somebody typed (any case, spaces, O for 0, I and L for 1); None when
    the check character does not fit."""
    text = "".join(typed.upper().split()).replace("-", "")
    text = text.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(text) != BITS // 5 + 1:
        return None
    number = 0
    for letter in text[:-1]:
        if letter not in ALPHABET:
            return None
        number = number * 32 + ALPHABET.index(letter)
    check = CHECK[number % 37]
    if text[-1] != check:
        return None
    return f"{text[:5]}-{text[5:10]}-{text[10]}"
