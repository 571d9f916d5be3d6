"""
shapes.py HEADER SHAPE DOCUMENT [SEEN]: exits with 1, and says why, when the JSON document is not what HEADER says of
that shape: the name of one, or several as they are written there ("[status | failed...]"). Adds the names of the
shapes that were met to the file SEEN. shapes.py HEADER: all names that there are.

A key that is not documented is a fault, too: whoever adds one is to say so.
"""

import json
import re
import sys

TOKEN = re.compile(r'\s*(\.\.\.|[{}\[\]:,|?]|"[^"]*"|[A-Za-z_]\w*)')
NAMED = re.compile(r"^ \*   (\w+) +(?=[{\[])", re.M)


class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0

    def peek(self):
        match = TOKEN.match(self.text, self.at)
        return match.group(1) if match else None

    def take(self, wanted=None):
        match = TOKEN.match(self.text, self.at)
        if not match or (wanted and match.group(1) != wanted):
            raise ValueError(f"{wanted or 'more'} is missing before: {self.text[self.at:self.at + 60]}")
        self.at = match.end()
        return match.group(1)

    def has(self, token):
        if self.peek() != token:
            return False
        self.take()
        return True

    def one_of(self):
        choices = [self.item()]
        while self.has("|"):
            choices.append(self.item())
        return ("one of", choices)

    def item(self):
        if self.peek() == "{":
            return self.object()
        if self.has("["):
            entry = self.one_of()
            self.take("...")
            self.take("]")
            return ("list", entry)
        token = self.take()
        return ("literal", token[1:-1]) if token[0] == '"' else ("name", token)

    def object(self):
        members = {}
        self.take("{")
        while True:
            key = self.take()
            optional = self.has("?")
            self.take(":")
            value = self.one_of()
            if key[0] != '"':
                self.take("...")
                self.take("}")
                return ("map", value)
            members[key[1:-1]] = (optional, value)
            if not self.has(","):
                self.take("}")
                return ("object", members)


def read_shapes(header):
    with open(header, encoding="utf-8") as file:
        text = file.read()
    text = text[text.index("have these shapes") : text.index("clang-format on")]
    shapes = {}
    for match in NAMED.finditer(text):
        shapes[match.group(1)] = Parser(text[match.end() :].replace("\n *", "\n  ")).item()
    return shapes


class Judge:
    def __init__(self, shapes):
        self.shapes, self.seen = shapes, set()

    def faults(self, shape, value, place):
        kind, what = shape
        return getattr(self, kind.replace(" ", "_"))(what, value, place)

    def one_of(self, choices, value, place):
        best = None
        for choice in choices:
            faults = self.faults(choice, value, place)
            if not faults:
                return []
            best = faults if best is None or len(faults) < len(best) else best
        return best

    def literal(self, text, value, place):
        return [] if value in (text, None) else [f"{place}: {value!r} is not {text!r}"]

    def name(self, name, value, place):
        if name in self.shapes:
            faults = self.faults(self.shapes[name], value, place)
            if not faults:
                self.seen.add(name)
            return faults
        if name == "BOOL":
            good = isinstance(value, bool)
        elif name == "null":
            good = value is None
        elif name == "N":
            good = value is None or (isinstance(value, int) and not isinstance(value, bool))
        else:
            good = value is None or isinstance(value, str)
        return [] if good else [f"{place}: {value!r} is not {name}"]

    def list(self, entry, value, place):
        if not isinstance(value, list):
            return [f"{place}: no array"]
        return [fault for i, item in enumerate(value) for fault in self.faults(entry, item, f"{place}[{i}]")]

    def map(self, entry, value, place):
        if not isinstance(value, dict):
            return [f"{place}: no object"]
        return [fault for key, item in value.items() for fault in self.faults(entry, item, f"{place}.{key}")]

    def object(self, members, value, place):
        if not isinstance(value, dict):
            return [f"{place}: no object"]
        faults = [f"{place}.{key} is not documented" for key in value if key not in members]
        for key, (optional, member) in members.items():
            if key in value:
                faults += self.faults(member, value[key], f"{place}.{key}")
            elif not optional:
                faults.append(f"{place}.{key} is missing")
        return faults


def main(header, shape=None, document=None, seen=None):
    shapes = read_shapes(header)
    if shape is None:
        print("\n".join(sorted(shapes)))
        return 0
    with open(document, encoding="utf-8") as file:
        value = json.load(file)
    judge = Judge(shapes)
    faults = judge.faults(Parser(shape).one_of(), value, "")
    for fault in faults:
        print("    #", fault)
    if seen:
        with open(seen, "a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in sorted(judge.seen))
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
