import type { Policies, ResourceValidationPolicy } from "@pulumi/policy";
import { policyDocumentReadable } from "./access/policy-document-readable";
import {
  resourcePolicyConfusedDeputy,
  resourcePolicyNoWildcardAction,
} from "./access/resource-policy-confused-deputy";
import { policyActionExists, roleNoBroadActionPattern } from "./access/role-no-broad-action-pattern";
import { roleNoBroadManagedPolicy } from "./access/role-no-broad-managed-policy";
import { roleNoCombinedEscalation } from "./access/role-no-combined-escalation";
import { roleNoPassAnyRole, roleNoPrivilegeEscalation } from "./access/role-no-privilege-escalation";
import {
  roleNoCredentialExposure,
  roleNoPermissionsManagement,
  roleNoUnboundedDataAccess,
} from "./access/role-no-unbounded-data-access";
import { roleNoWildcardAction, roleNoWildcardResource } from "./access/role-no-wildcard-resource";
import { roleTrustBindsSubject, roleTrustNamesAudience } from "./access/role-trust-binds-subject";
import { roleTrustConfusedDeputy } from "./access/role-trust-confused-deputy";
import {
  roleTrustNoAccountRoot,
  roleTrustNotPublic,
  roleTrustNoWildcardAction,
} from "./access/role-trust-no-account-root";
import { userNoDirectPolicy, userNoLongLivedKey } from "./access/user-no-direct-policy";

/** Of one policy each: what identities may do, who may become one, and what the policies of resources give away. */
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
