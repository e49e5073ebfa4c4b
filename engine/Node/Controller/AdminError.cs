using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Node.Controller;

/// <summary>Why something was not done, for a client: the code and a sentence that names the fix.</summary>
public sealed record AdminError
{
    /// <summary>
    /// The message may quote the client; it is cut to <see cref="Limits.ErrorMessageMaxLength"/>.
    /// </summary>
    public AdminError(ErrorCode code, string message)
    {
        Code = code;
        Message = message.Length <= Limits.ErrorMessageMaxLength
            ? message
            : message[..Limits.ErrorMessageMaxLength] + "...";
    }

    public ErrorCode Code { get; }

    /// <summary>For the client: what is wrong, and what is allowed.</summary>
    public string Message { get; }
}
