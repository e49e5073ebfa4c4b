using System.Diagnostics.CodeAnalysis;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// What came of a request. The response is there when it was answered, and null even then when the request
/// wants no answer (acks=0). Its byte fields stay as they are for as long as anybody holds them.
/// </summary>
/// <param name="Status">What happened.</param>
/// <param name="Response">The answer.</param>
/// <param name="Version">The version it was sent in; -1 when it was not sent.</param>
/// <param name="Reason">Why the connection ended, when the status is Closed.</param>
public readonly record struct RequestOutcome<TResponse>(
    RequestStatus Status, TResponse? Response, short Version, CloseReason Reason)
    where TResponse : class, IResponse<TResponse>
{
    private const short NotSent = -1;

    public bool IsAnswered => Status == RequestStatus.Answered;

    /// <summary>The broker could not be reached, or did not answer. Another may.</summary>
    public bool HasFailed => Status is RequestStatus.Closed or RequestStatus.TimedOut;

    /// <summary>
    /// True when the broker may have got the request: whatever it changes may have happened.
    /// </summary>
    public bool WasSent => Version != NotSent;

    /// <summary>The answer, for callers that wanted one.</summary>
    public bool TryResponse([NotNullWhen(true)] out TResponse? response)
    {
        response = Response;
        return response is not null;
    }

    /// <summary>
    /// The error that Kafka's clients report for a request without an answer; None when there is one.
    /// </summary>
    public ErrorCode Error => Status switch
    {
        RequestStatus.Answered => ErrorCode.None,
        RequestStatus.Closed => ErrorCode.NetworkException,
        RequestStatus.TimedOut => ErrorCode.RequestTimedOut,
        RequestStatus.Unsupported => ErrorCode.UnsupportedVersion,
        RequestStatus.QueueFull => ErrorCode.ThrottlingQuotaExceeded,
        _ => throw new InvariantException($"no such status: {Status}"),
    };

    public static RequestOutcome<TResponse> Answered(TResponse? response, short version) =>
        new(RequestStatus.Answered, response, version, default);

    public static RequestOutcome<TResponse> Failed(
        RequestStatus status, short version = NotSent, CloseReason reason = default) =>
        new(status, null, version, reason);
}
