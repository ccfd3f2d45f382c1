// One mistake a resource, which is named after it. Never deploy this: it is here for the policy pack to find.
import "./encryption";
import "./exposure";
import "./access";
import "./trust";
import "./operations";
import "./stores";
