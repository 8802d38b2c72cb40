"""Check deploy/ without a container engine or a cluster: `make deploy-check`, which installs the validators apart.

Kubernetes' manifests against the schemas of its API, the compose file against the compose specification, the images' recipes by
hadolint.
"""

import subprocess
import sys
from pathlib import Path

import yaml
from compose_spec.models import ComposeSpecification

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"


def main() -> None:
    """Say what was checked, or what is wrong."""
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
    ComposeSpecification.model_validate(
        {key: value for key, value in compose.items() if not key.startswith("x-")}
    )
    print("compose.yml follows the compose specification")
    manifests = sorted(DEPLOY.glob("kubernetes/*.yaml"))
    manifests = [
        file for file in manifests if file.name not in ("kustomization.yaml", "secret.yaml")
    ]
    folder = Path(sys.executable).parent
    subprocess.run([folder / "kubernetes-validate", "--strict", "--quiet", *manifests], check=True)
    print(f"{len(manifests)} files of manifests follow the Kubernetes API")
    images = sorted(DEPLOY.glob("images/*.Dockerfile"))
    subprocess.run([folder / "hadolint", *images], check=True)
    print(f"{len(images)} images' recipes have no complaint of hadolint")


if __name__ == "__main__":
    main()
