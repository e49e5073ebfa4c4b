using System.Diagnostics.CodeAnalysis;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// What came of asking the cluster for something. An error here means that there is no answer; what the
/// answer says of single topics is in the value.
/// </summary>
public readonly record struct AdminResult<T>(ErrorCode Error, string? Message, T? Value)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Error == ErrorCode.None && Value is not null;

    internal static AdminResult<T> Ok(T value) => new(ErrorCode.None, null, value);

    internal static AdminResult<T> Failed(ErrorCode error, string? message = null) =>
        new(error, message, null);

    /// <summary>
    /// The failure of a request that has no answer. A change that was asked for may have happened.
    /// </summary>
    internal static AdminResult<T> NoAnswer<TResponse>(in RequestOutcome<TResponse> outcome)
        where TResponse : class, IResponse<TResponse>
    {
        var message = outcome.Status switch
        {
            RequestStatus.TimedOut => "no broker answered in time",
            RequestStatus.Unsupported => "the broker does not serve this request in any version known here",
            RequestStatus.Closed => Words(outcome.Reason),
            _ => null,
        };
        return Failed(outcome.Error, message);
    }

    private static string Words(CloseReason reason) => reason switch
    {
        CloseReason.Refused => "nobody listens there",
        CloseReason.Unreachable => "the host name is unknown or no route leads there",
        CloseReason.Timeout => "the broker did not answer in time",
        CloseReason.Malformed => "the answer is none of Kafka's protocol",
        _ => "the connection was lost",
    };
}
