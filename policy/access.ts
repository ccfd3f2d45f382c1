import type { Policies, ResourceValidationPolicy } from "@pulumi/policy";
import { policyActionExists, roleNoBroadActionPattern } from "./access-actions";
import { policyDocumentReadable } from "./access-document";
import { roleNoPassAnyRole, roleNoPrivilegeEscalation } from "./access-escalation";
import { roleNoCombinedEscalation } from "./access-escalation-combined";
import {
  roleNoCredentialExposure,
  roleNoPermissionsManagement,
  roleNoUnboundedDataAccess,
} from "./access-exposure";
import { roleNoBroadManagedPolicy } from "./access-managed-policies";
import { resourcePolicyConfusedDeputy, resourcePolicyNoWildcardAction } from "./access-resources";
import { roleNoWildcardAction, roleNoWildcardResource } from "./access-statements";
import { roleTrustNoAccountRoot, roleTrustNotPublic, roleTrustNoWildcardAction } from "./access-trust";
import { roleTrustBindsSubject, roleTrustNamesAudience } from "./access-trust-federation";
import { roleTrustConfusedDeputy } from "./access-trust-services";
import { userNoDirectPolicy, userNoLongLivedKey } from "./access-users";

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
