"""Writes cloudformation.json: what AWS says that its own handlers need to make, read, change and delete a resource.

    python3 -m venv v && v/bin/pip install cfn-lint==1.58.0 && v/bin/python tests/iam/cloudformation.py

cfn-lint has the schemas of CloudFormation's resource types as AWS publishes them, with the date of that.
"""

import json
from importlib.metadata import version
from pathlib import Path

import cfnlint

TYPES = """
AWS::Athena::NamedQuery AWS::Athena::PreparedStatement AWS::Athena::WorkGroup AWS::CloudWatch::Alarm
AWS::CloudWatch::Dashboard AWS::EC2::FlowLog AWS::Glue::Database AWS::Glue::Table AWS::IAM::Role AWS::IAM::RolePolicy
AWS::KinesisFirehose::DeliveryStream AWS::KMS::Key AWS::Lambda::EventInvokeConfig AWS::Lambda::Function
AWS::Lambda::Permission AWS::Logs::Destination AWS::Logs::LogGroup AWS::Logs::LogStream AWS::Logs::SubscriptionFilter
AWS::S3::Bucket AWS::S3::BucketPolicy AWS::Scheduler::Schedule AWS::Scheduler::ScheduleGroup AWS::SQS::Queue
AWS::SQS::QueuePolicy AWS::StepFunctions::StateMachine
""".split()
schemas = Path(cfnlint.__file__).parent / "data" / "schemas"

permissions = {}
for file in (schemas / "resources").glob("*.json"):
    schema = json.loads(file.read_text())
    if schema.get("typeName") in TYPES:
        handlers = {
            name: " ".join(sorted(set(handler["permissions"])))
            for name, handler in schema["handlers"].items()
            if name in ("create", "read", "update", "delete")
        }
        tagging = (schema.get("tagging") or {}).get("permissions", [])
        permissions[schema["typeName"]] = {**handlers, "tagging": " ".join(sorted(set(tagging)))}

assert sorted(permissions) == sorted(TYPES)
date = json.loads((schemas / "version.json").read_text())["schema_date"]
source = f"CloudFormation resource type schemas in cfn-lint {version('cfn-lint')}, {date}"
text = json.dumps({"source": source, "types": dict(sorted(permissions.items()))}, indent=2)
(Path(__file__).parent / "cloudformation.json").write_text(text + "\n")
