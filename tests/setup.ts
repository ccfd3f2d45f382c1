// Pulumi formats a stack for every promise it makes; three frames are enough and halve the time of a mocked graph.
Error.stackTraceLimit = 3;
