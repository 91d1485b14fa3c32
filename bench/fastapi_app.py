# The app of background-server.ts on FastAPI, for `npm run bench -- background`.
from fastapi import BackgroundTasks, FastAPI

app = FastAPI()
done = 0


def count(message: str) -> None:
    global done
    done += 1


@app.post("/plain/")
def plain(msg: str):
    return {"status": "Message logged"}


@app.post("/tasks/")
def with_task(tasks: BackgroundTasks, msg: str):
    tasks.add_task(count, msg)
    return {"status": "Message logged"}


@app.post("/async-plain/")
async def async_plain(msg: str):
    return {"status": "Message logged"}


async def async_count(message: str) -> None:
    count(message)


@app.post("/async-tasks/")
async def async_with_task(tasks: BackgroundTasks, msg: str):
    tasks.add_task(async_count, msg)
    return {"status": "Message logged"}
