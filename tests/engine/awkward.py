"""A notebook of what is hard to get right: each cell is one thing that a kernel does in its own way."""

# ruff: noqa: E501 - a cell stands on one line beside its name

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}

GOOD = {
    "value": "1 + 1",
    "nothing": "None",
    "no value after a semicolon": "2 + 2;",
    "streams": "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')",
    "flushed streams": "print('a', flush=True)\nprint('b', file=sys.stderr, flush=True)\nprint('c', flush=True)",
    "pause": "import time\nprint('a')\nprint('b', file=sys.stderr)\ntime.sleep(0.5)\nprint('c')",
    "no line end": "print('a', end='')\nsys.stdout.write('б')",
    "carriage return": "print('1\\r2\\rabc\\b')",
    "display": "from IPython.display import *\ndisplay('x', 1, {'a': (1, 2)})",
    "display between": "print('a')\ndisplay(HTML('<b>x</b>'))\nprint('b')",
    "display id": "handle = display(1, display_id='own')\nprint('after')",
    "display update": "handle.update(2)\nupdate_display(3, display_id='own')\ndisplay(4, display_id='own')",
    "display of own id": "other = display('first', display_id=True)\nother.update('second')",
    "clear": "print('gone')\nclear_output()\nprint('stays')",
    "clear and wait": "print('gone')\nclear_output(wait=True)\nprint('stays')",
    "clear a display": "display('x', display_id='own')\nclear_output()\nupdate_display('y', display_id='own')",
    "raw mime": "display({'application/json': {'a': [1, None, float('1e300')]}, 'text/plain': 'x'}, raw=True)",
    "metadata": "display(HTML('x'), metadata={'text/html': {'isolated': True}})",
    "image": "Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 40)",
    "forms": "Markdown('*a*'), Latex('$a$'), JSON({'a': 1})",
    "javascript": "display(Javascript('1'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'), Code('x = 1'))",
    "own html": "class Page:\n    def _repr_html_(self):\n        return '<i>і</i>'\n\nPage()",
    "own bundle": (
        "class Bundle:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'text/plain': 'p', 'text/x-own': 'o'}, {'text/x-own': {'k': 1}}\n\nBundle()"
    ),
    "own display": "class Own:\n    def _ipython_display_(self):\n        print('mine')\n\nOwn()",
    "pretty": "{'key' * 5: list(range(40)), 'other': {'nested': ['long' * 20] * 3}}",
    "nan": "display({'text/plain': 'nan', 'application/json': {'a': 0.1}}, raw=True)",
    "await": "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')\nawait asyncio.sleep(0, 'value')",
    "gather": "async def one(x):\n    print(x)\n    return x\n\nawait asyncio.gather(one(1), one(2))",
    "task over cells": "event = asyncio.Event()\nasync def later():\n    event.set()\n\ntask = asyncio.create_task(later())",
    "task is done": "await task\nevent.is_set()",
    "loop": "asyncio.get_running_loop().is_running()",
    "async for": "async def numbers():\n    yield 1\n\n[n async for n in numbers()]",
    "shell": "!echo one; echo two >&2",
    "shell value": "lines = !printf 'a\\nb\\n'\nlines",
    "shell fails": "!exit 3\n_exit_code",
    "shell variable": "word = 'слово'\n!echo {word} $word",
    "capture": "%%capture caught\nprint('in')\ndisplay(1)\nprint('err', file=sys.stderr)\n2",
    "captured": "print(repr(caught.stdout), repr(caught.stderr), len(caught.outputs))\ncaught.show()",
    "bash": "%%bash\necho out\necho err >&2",
    "bash fails": "%%script --no-raise-error bash\necho a\nexit 2",
    "python": "%%python\nprint('another Python')",
    "magics": "%precision 3\n1 / 3",
    "precision back": "%precision\n%pwd\n%who_ls int",
    "matplotlib is not there": "import importlib.util\nimportlib.util.find_spec('no_such_module')",
    "write a file": "%%writefile written.txt\ntext",
    "read it": "from pathlib import Path\nPath('written.txt').read_text()",
    "help": "len?",
    "source": "Own??",
    "load": "%%html\n<p>x</p>",
    "plain errors": "%xmode Plain",
    "errors with context": "%xmode Context",
    "logging": "import logging\nlogging.warning('warned')\nlogging.info('silent')\nlogging.getLogger('own').error('e')",
    "warnings": "import warnings\nwarnings.warn('beware')\nwarnings.warn('old', DeprecationWarning)",
    "warnings again": "for _ in range(2):\n    warnings.warn('twice')",
    "thread": (
        "import threading\ndef speak():\n    print('from a thread')\n    display('shown')\n\n"
        "thread = threading.Thread(target=speak)\nthread.start()\nthread.join()"
    ),
    "executor": "from concurrent.futures import ThreadPoolExecutor\nlist(ThreadPoolExecutor(2).map(abs, [-1, 2]))",
    "thread raises": "thread = threading.Thread(target=lambda: 1 / 0)\nthread.start()\nthread.join()",
    "executed in a thread": "await asyncio.to_thread(print, 'to thread')",
    "fd": "import os\nos.write(1, 'байты\\n'.encode())\ntime.sleep(0.4)",
    "child's output": "import subprocess\nsubprocess.run(['echo', 'child'])\ntime.sleep(0.4)",
    "fork": "import multiprocessing as mp\np = mp.get_context('fork').Process(target=print, args=['forked'])\np.start()\np.join()\ntime.sleep(0.4)",
    "no terminal": "sys.stdout.isatty(), sys.stderr.isatty(), sys.stdout.encoding, type(sys.stdout).__mro__[-2]",
    "stdin": "sys.stdin.read()",
    "history": "In[-1], Out[1], _i, _, __",
    "history magic": "%history -l 3",
    "shell's class": "get_ipython().__class__.__name__, 'IPKernelApp' in get_ipython().config, hasattr(get_ipython(), 'kernel')",
    "count": "get_ipython().execution_count",
    "names": "__name__, '__file__' in globals(), sys.modules['__main__'].__name__, Page.__module__",
    "main": "sys.modules['__main__'].word",
    "folder": "sys.path.count('')",
    "import from the folder": "Path('beside.py').write_text('x = 5')\nimport beside\nbeside.x",
    "pickle": "import pickle\npickle.loads(pickle.dumps(Page())).__class__ is Page",
    "environment": "[os.environ.get(n) for n in ('TERM', 'PAGER', 'MPLBACKEND', 'CLICOLOR', 'FORCE_COLOR')]",
    "set next input": "get_ipython().set_next_input('x')",
    "payload page": "%psource Own",
    "run line": "get_ipython().run_cell('3 * 3').result",
    "hook": "get_ipython().events.register('post_run_cell', lambda result: print('after the cell'))",
    "hook runs": "pass",
    "store": "%lsmagic",
    "tqdm": "from tqdm.auto import tqdm\ntqdm.__module__",
    "pandas": "import pandas as pd\nframe = pd.DataFrame({f'c{i}': range(70) for i in range(30)})\nframe",
    "pandas text": "print(frame)\nframe.c1",
    "pandas style": "frame.head(2).style.set_uuid('u').format('{:.1f}')",
    "pandas options": "{k: pd.get_option(k) for k in ('display.max_columns', 'display.max_rows', 'display.width', 'display.notebook_repr_html')}",
    "numpy": "import numpy as np\nnp.arange(2000), np.eye(3)",
    "altair": "import altair as alt\nalt.Chart(frame.head(3)).mark_bar().encode(x='c1:Q')",
    "altair renderer": "alt.renderers.active",
    "widget": "import ipywidgets\nslider = ipywidgets.IntSlider(3)\nslider",
    "widget changes": "slider.value = 5\nslider.value",
    "output widget": "out = ipywidgets.Output()\ndisplay(out)\nwith out:\n    print('inside')\n    display('shown')\nprint('outside')",
    "output widget later": "out.outputs",
    "interact": "ipywidgets.interact(lambda x: print(x), x=(0, 3));",
    "recursion": "sys.getrecursionlimit()",
    "sphinx": "get_ipython().run_line_magic('timeit', '-n1 -r1 -q -o pass')\npass",
    "global statement": "def count():\n    global counted\n    counted = 1\n\ncount()\ncounted",
    "last expression": "if True:\n    5\n6\n7",
    "interactivity": "get_ipython().ast_node_interactivity = 'all'",
    "all shown": "8\n9",
    "encodings": "'\\ud800'.encode('utf-8', 'surrogatepass')",
    "large": "print('x' * 100_000)",
    "many": "for n in range(300):\n    print(n)\n    display(n)",
}
BAD = {
    "html that raises": "class Bad:\n    def _repr_html_(self):\n        raise ValueError('no html')\n\nBad()",
    "error": "def fail():\n    return 1 / 0\n\nfail()",
    "cause": "try:\n    fail()\nexcept ZeroDivisionError as error:\n    raise ValueError('второе') from error",
    "syntax": "1 +",
    "indentation": "  x = 1\n y = 2",
    "name": "unknown_name",
    "group": "raise ExceptionGroup('several', [ValueError(1), TypeError(2)])",
    "own traceback": "class Quiet(Exception):\n    def _render_traceback_(self):\n        return ['quiet']\n\nraise Quiet",
    "error in a magic": "%no_such_magic",
    "error in a cell magic": "%%bash\nexit 1",
    "usage": "%run",
    "input": "input('name? ')",
    "getpass": "import getpass\ngetpass.getpass()",
    "sys exit": "sys.exit()",
    "sys exit with a word": "sys.exit('bye')",
    "interrupt": "raise KeyboardInterrupt",
    "base exception": "raise BaseException('base')",
    "loop inside a loop": "coroutine = asyncio.sleep(0)\ntry:\n    asyncio.run(coroutine)\nfinally:\n    coroutine.close()",
    "awaited error": "async def fails():\n    raise RuntimeError('awaited')\n\nawait fails()",
    "error after output": "print('said')\ndisplay('shown')\nassert False, 'no'",
    "error in a library": "import json\njson.loads('{')",
    "assertion": "assert 1 == 2",
    "stop": "raise StopIteration(3)",
    "unprintable": "class Silent(Exception):\n    def __str__(self):\n        raise ValueError\n\nraise Silent",
}


def tagged(source):
    cell = new_code_cell(source)
    cell.metadata["tags"] = ["raises-exception"]
    return cell


def make_notebook():
    cells = [*map(new_code_cell, GOOD.values()), *map(tagged, BAD.values())]
    skipped = new_code_cell("print('never')", metadata={"tags": ["skip-execution"]})
    cells += [new_markdown_cell("text"), new_code_cell("  "), skipped, new_code_cell("'the end'")]
    return new_notebook(cells=cells, metadata=KERNEL)
