"""The container: what the Dockerfile copies is enough, and its commands are those that work."""

import re
import shlex
import shutil
import subprocess
import sys
import time
import zipfile

import httpx
import pytest
import yaml
from copies import REPOSITORY
from serving import free_port

DOCKERFILE = (REPOSITORY / "Dockerfile").read_text("utf-8").replace("\\\n", "")
COMPOSE = yaml.safe_load((REPOSITORY / "compose.yaml").read_text("utf-8"))
PROCESSES = {name: one for name, one in COMPOSE["services"].items() if name != "proxy"}
NGINX = (REPOSITORY / "docs" / "nginx.conf").read_text("utf-8")
HAS_ENGINE = (
    shutil.which("docker")
    and not subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
)


def words_of(instruction):
    """Words of the last line of the Dockerfile with an instruction in the form of a list."""
    return yaml.safe_load(re.findall(rf"^.*{instruction} (\[.*\])$", DOCKERFILE, re.MULTILINE)[-1])


def wheel_of(checkout, folder):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return {name: zipfile.ZipFile(wheel).getinfo(name).CRC for name in names_of(wheel)}


def names_of(wheel):
    return [name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("RECORD")]


@pytest.mark.long
def test_what_is_copied_makes_the_same_wheel(tmp_path):
    checkout = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("__pycache__")
    for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE):
        *sources, target = line.split()
        for source in sources:
            wanted = checkout / (source if target == "./" else target)
            wanted.parent.mkdir(parents=True, exist_ok=True)
            if (REPOSITORY / source).is_dir():
                shutil.copytree(REPOSITORY / source, wanted, ignore=ignored)
            else:
                shutil.copy(REPOSITORY / source, wanted)
    assert wheel_of(checkout, tmp_path / "a") == wheel_of(REPOSITORY, tmp_path / "b")
    kept = {line[1:] for line in lines_of(".dockerignore") if line.startswith("!")}
    assert {path.name for path in checkout.iterdir()} == kept


def lines_of(name):
    return (REPOSITORY / name).read_text("utf-8").splitlines()


@pytest.mark.long
def test_it_starts_answers_and_is_found_healthy(tmp_path):
    port = free_port()
    entry, options, check = map(words_of, ("ENTRYPOINT", "CMD", "HEALTHCHECK.*CMD"))
    assert entry[0] == "pilotzones"
    command = [sys.executable, "-m", *entry, *options, "--port", str(port)]
    variables = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PILOTZONES_WARM_UP": "off"}
    check = [sys.executable, *check[1:-1], check[-1].replace(":8501/", f":{port}/")]
    with subprocess.Popen(command, cwd=tmp_path, env=variables) as server:
        try:
            healthy = False
            for _ in range(300):
                healthy = subprocess.run(check, capture_output=True, check=False).returncode == 0
                if healthy:
                    break
                assert server.poll() is None
                time.sleep(0.2)
            assert healthy
            assert httpx.get(f"http://127.0.0.1:{port}/api/v1/zones").status_code == 200
        finally:
            server.terminate()
    # once it is gone the check says so
    assert subprocess.run(check, capture_output=True, check=False).returncode


def test_no_container_has_more_rights_than_it_needs():
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", DOCKERFILE, re.MULTILINE)
    for service in COMPOSE["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert any(place.startswith("/tmp") for place in service["tmpfs"])


def test_the_processes_are_those_that_the_proxy_knows():
    upstream = set(re.findall(r"^\s*server (127\.0\.0\.1:\d+);", NGINX, re.MULTILINE))
    found = set()
    for process in PROCESSES.values():
        words = shlex.split(process["command"])
        chosen = dict(zip(words[::2], words[1::2], strict=True))
        address = f"{chosen['--address']}:{chosen['--port']}"
        path = chosen["--base-path"]
        assert f"location /{path}/ {{" in NGINX
        assert f"http://{address}/{path}/healthz" in process["healthcheck"]["test"]
        assert process["network_mode"] == "service:proxy"
        found.add(address)
    assert found == upstream
    (mounted,) = COMPOSE["services"]["proxy"]["volumes"]
    assert (REPOSITORY / mounted.split(":")[0]).is_file()


def test_the_proxy_listens_where_its_port_leads(tmp_path):
    shell, option, script = COMPOSE["services"]["proxy"]["command"]
    script = script.replace("$$", "$").partition("&&")[0]
    script = script.replace("/etc/atlas/nginx.conf", str(REPOSITORY / "docs" / "nginx.conf"))
    target = tmp_path / "default.conf"
    script = script.replace("/etc/nginx/conf.d/default.conf", str(target))
    subprocess.run([shell, option, script], env={"ATLAS_HOST": "a.example"}, check=True)
    written = target.read_text("utf-8")
    assert "server_name a.example;" in written
    listened = re.findall(r"^\s*listen ([\w.:]+)", written, re.MULTILINE)
    (port,) = COMPOSE["services"]["proxy"]["ports"]
    assert set(listened) == {port.partition(":")[2]}
    if shutil.which("nginx"):
        whole = tmp_path / "nginx.conf"
        files = f"pid {tmp_path}/pid; error_log stderr; events {{}}"
        whole.write_text(f"{files} http {{ access_log off; include {target}; }}", "utf-8")
        asked = ["nginx", "-t", "-p", str(tmp_path), "-c", str(whole)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


if HAS_ENGINE:

    def test_the_image_is_built_and_healthy():
        tag = "pilotzones-test"
        subprocess.run(["docker", "build", "-q", "-t", tag, REPOSITORY], check=True)
        started = ["docker", "run", "--rm", "-d", "--read-only", "--tmpfs", "/tmp", "-P", tag]
        name = subprocess.run(started, check=True, capture_output=True, text=True).stdout.strip()
        try:
            asked = ["docker", "inspect", "-f", "{{.State.Health.Status}}", name]
            for _ in range(120):
                status = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
                if status.strip() == "healthy":
                    break
                time.sleep(1)
            assert status.strip() == "healthy"
        finally:
            subprocess.run(["docker", "stop", name], check=True, capture_output=True)
