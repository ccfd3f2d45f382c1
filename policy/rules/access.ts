import type { Policies, ResourceValidationPolicy } from "@pulumi/policy";
import { policyActionExists } from "./access/policy-action-exists";
import { policyDocumentReadable } from "./access/policy-document-readable";
import { resourcePolicyConfusedDeputy } from "./access/resource-policy-confused-deputy";
import { resourcePolicyNoWildcardAction } from "./access/resource-policy-no-wildcard-action";
import { roleNoBroadActionPattern } from "./access/role-no-broad-action-pattern";
import { roleNoBroadManagedPolicy } from "./access/role-no-broad-managed-policy";
import { roleNoCombinedEscalation } from "./access/role-no-combined-escalation";
import { roleNoCredentialExposure } from "./access/role-no-credential-exposure";
import { roleNoPassAnyRole } from "./access/role-no-pass-any-role";
import { roleNoPermissionsManagement } from "./access/role-no-permissions-management";
import { roleNoPrivilegeEscalation } from "./access/role-no-privilege-escalation";
import { roleNoUnboundedDataAccess } from "./access/role-no-unbounded-data-access";
import { roleNoWildcardAction } from "./access/role-no-wildcard-action";
import { roleNoWildcardResource } from "./access/role-no-wildcard-resource";
import { roleTrustBindsSubject } from "./access/role-trust-binds-subject";
import { roleTrustConfusedDeputy } from "./access/role-trust-confused-deputy";
import { roleTrustNamesAudience } from "./access/role-trust-names-audience";
import { roleTrustNoAccountRoot } from "./access/role-trust-no-account-root";
import { roleTrustNoWildcardAction } from "./access/role-trust-no-wildcard-action";
import { roleTrustNotPublic } from "./access/role-trust-not-public";
import { userNoDirectPolicy } from "./access/user-no-direct-policy";
import { userNoLongLivedKey } from "./access/user-no-long-lived-key";

/** Rules about a single policy: permissions of identities, trust policies, and resource policies. */
export const accessRules: ResourceValidationPolicy[] = [
  policyDocumentReadable,
  policyActionExists,
  roleNoWildcardAction,
  roleNoWildcardResource,
  roleNoBroadActionPattern,
  roleNoBroadManagedPolicy,
  roleNoPrivilegeEscalation,
  roleNoPassAnyRole,
  roleNoUnboundedDataAccess,
  roleNoCredentialExposure,
  roleNoPermissionsManagement,
  roleTrustNotPublic,
  roleTrustNoWildcardAction,
  roleTrustNoAccountRoot,
  roleTrustConfusedDeputy,
  roleTrustBindsSubject,
  roleTrustNamesAudience,
  resourcePolicyNoWildcardAction,
  resourcePolicyConfusedDeputy,
  userNoDirectPolicy,
  userNoLongLivedKey,
];

/** Least privilege. */
export const leastPrivilegeRules: Policies = [...accessRules, roleNoCombinedEscalation];
