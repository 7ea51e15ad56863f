"""A plan far larger than any, read in a process of its own: ``python -m tests.bench.large`` prints seconds and peak memory in MB."""

import resource
import time

MIB = 1024 * 1024
NUMBERS = "一二三四五六七八九十"
MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def write_plan(size: int) -> str:
    """A plan of about ``size`` bytes: half of it sections with measures, half a schedule; no line stands in it twice."""
    lines = ["青松小学工会2026年工作计划", "围绕学校立德树人这件大事，听会员的声音，办会员的实事。"]
    written, round_number = 0, 0
    while written < size:
        round_number += 1
        if round_number == 1 or written < size // 2:
            block = [f"{NUMBERS[round_number % 10]}、加强第{round_number}项工作"]
            block += [f"{n}、每学期组织会员开展第{round_number}轮第{n}次学习交流活动，做好记录，并在校务公开栏公布。" for n in range(1, 12)]
        else:
            block = [f"{MONTHS[round_number % 12]}月："]
            block += [f"{n}、组织第{round_number}组会员开展第{n}项文体活动，邀请退休教师参加。" for n in range(1, 40)]
        lines += block
        written += sum(len(line.encode()) + 1 for line in block)
    return "\n".join(lines)


def main() -> None:
    """Read 5 MB once."""
    from unionboard.reading.files import read_file

    data = write_plan(5 * MIB).encode()
    began = time.perf_counter()
    read_file(data, filename="plan.txt")
    print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
