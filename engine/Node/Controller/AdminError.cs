using Testbed.Wire;

namespace Testbed.Node.Controller;

/// <summary>Why something was not done, for a client: the code and a sentence that names the fix.</summary>
public sealed record AdminError(ErrorCode Code, string Message);
