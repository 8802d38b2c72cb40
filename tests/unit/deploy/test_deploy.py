"""What deploy/ says holds together with the code: settings exist, ports and paths fit, nginx takes its files."""

import re
import shutil
import subprocess

import pytest
import yaml

from jawab.settings import PROJECT, Settings

DEPLOY = PROJECT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
MANIFESTS = [
    each
    for file in sorted(DEPLOY.glob("kubernetes/*.yaml"))
    for each in yaml.safe_load_all(file.read_text("utf-8"))
]
# What deploy/endpoints.yml is filled with for Rasa.
OF_ENDPOINTS = set(re.findall(r"\$\{(\w+)\}", (DEPLOY / "endpoints.yml").read_text("utf-8")))
KINDS = ("desk", "rasa", "actions")


def manifest(kind, name):
    return next(m for m in MANIFESTS if m["kind"] == kind and m["metadata"]["name"] == name)


def container(name):
    (found,) = manifest("Deployment", name)["spec"]["template"]["spec"]["containers"]
    return found


def settings_of_kubernetes():
    return {
        **manifest("ConfigMap", "jawab-settings")["data"],
        **manifest("Secret", "jawab-secrets")["stringData"],
    }


@pytest.mark.parametrize("name", KINDS)
def test_every_setting_of_the_compose_file_is_one(name):
    given = COMPOSE["services"][name]["environment"]
    known = {f"JAWAB_{field.upper()}" for field in Settings.model_fields}
    assert {key for key in given if key.startswith("JAWAB_")} <= known | OF_ENDPOINTS


def test_every_setting_of_the_manifests_is_one():
    known = {f"JAWAB_{field.upper()}" for field in Settings.model_fields}
    given = {key for key in settings_of_kubernetes() if key.startswith("JAWAB_")}
    assert given <= known | OF_ENDPOINTS


def test_rasa_is_given_all_that_its_endpoints_file_asks_for():
    assert set(COMPOSE["services"]["rasa"]["environment"]) >= OF_ENDPOINTS
    assert set(settings_of_kubernetes()) >= OF_ENDPOINTS


def test_the_env_example_names_what_the_compose_file_asks_for():
    asked = set(re.findall(r"\$\{(\w+):\?\}", (DEPLOY / "compose.yml").read_text("utf-8")))
    example = re.findall(r"^(\w+)=", (DEPLOY / ".env.example").read_text("utf-8"), re.M)
    assert asked <= set(example)


def test_only_the_door_and_the_desks_reach_the_outside():
    services = COMPOSE["services"]
    assert COMPOSE["networks"]["inside"]["internal"]
    assert {name for name, one in services.items() if "outside" in one["networks"]} == {
        "nginx",
        "desk",
    }
    assert [name for name, one in services.items() if "ports" in one] == ["nginx"]


@pytest.mark.parametrize("name", KINDS)
def test_every_pod_is_probed_unprivileged_and_replaced_without_a_gap(name):
    deployment = manifest("Deployment", name)["spec"]
    pod, one = deployment["template"]["spec"], container(name)
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert pod["securityContext"]["runAsNonRoot"]
    assert one["securityContext"]["readOnlyRootFilesystem"]
    assert not one["securityContext"]["allowPrivilegeEscalation"]
    assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(one)
    assert manifest("HorizontalPodAutoscaler", name)["spec"]["minReplicas"] == 2
    assert manifest("PodDisruptionBudget", name)["spec"]["minAvailable"] == 1


def test_a_pod_has_longer_to_end_than_its_desk_takes():
    grace = manifest("Deployment", "desk")["spec"]["template"]["spec"][
        "terminationGracePeriodSeconds"
    ]
    (_, pause) = container("desk")["lifecycle"]["preStop"]["exec"]["command"]
    assert grace > Settings(_env_file=None).shutdown_grace.total_seconds() * 2 + int(pause)


@pytest.mark.parametrize(("name", "callers"), [("rasa", {"desk"}), ("actions", {"desk", "rasa"})])
def test_rasa_and_actions_are_reached_by_nobody_else(name, callers):
    (rule,) = manifest("NetworkPolicy", name)["spec"]["ingress"]
    allowed = {one["podSelector"]["matchLabels"]["app.kubernetes.io/name"] for one in rule["from"]}
    assert allowed == callers
    assert rule["ports"] == [{"port": container(name)["ports"][0]["containerPort"]}]
    assert manifest("NetworkPolicy", "nobody")["spec"]["podSelector"] == {}


@pytest.mark.parametrize("name", ["desk", "bot"])
def test_images_copy_only_what_is_there_and_end_as_nobody_in_particular(name):
    lines = (DEPLOY / f"images/{name}.Dockerfile").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY") and "--from" not in line:
            *sources, _ = line.split()[1:]
            for source in sources:
                assert (PROJECT / source).exists(), source
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001:10001"]


def test_what_the_images_copy_is_not_ignored():
    ignored = (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
    allowed = {line[1:].removesuffix("/*.tar.gz") for line in ignored if line.startswith("!")}
    for name in ("desk", "bot"):
        for line in (DEPLOY / f"images/{name}.Dockerfile").read_text("utf-8").splitlines():
            if line.startswith("COPY") and "--from" not in line:
                assert set(line.split()[1:-1]) <= allowed


def test_the_desks_packages_are_the_projects_and_none_of_rasas():
    pin = re.compile(r"^([a-z0-9.-]+)==(\S+) ", re.M)
    desk = dict(pin.findall((DEPLOY / "images/desk.txt").read_text("utf-8")))
    whole = dict(pin.findall((PROJECT / "requirements.txt").read_text("utf-8")))
    assert desk.items() <= whole.items()
    assert not {"rasa", "rasa-sdk", "tensorflow", "hazm", "scikit-learn"} & set(desk)


@pytest.fixture
def nginx():
    if (found := shutil.which("nginx")) is None:
        pytest.skip("nginx is not installed (apt install nginx-light)")
    return found


def test_nginx_takes_its_file(nginx, tmp_path):
    content = (DEPLOY / "nginx/nginx.conf").read_text("utf-8")
    for name in KINDS:
        content = re.sub(rf"server {name}:", "server 127.0.0.1:", content)
    content = content.replace("/etc/nginx/jawab/", f"{DEPLOY}/nginx/").replace(
        "/tmp/", f"{tmp_path}/"
    )
    file = tmp_path / "nginx.conf"
    file.write_text(content)
    done = subprocess.run([nginx, "-t", "-c", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
