// What packing.py packed.
const unpack = bytes => JSON.parse(new TextDecoder().decode(bytes))
