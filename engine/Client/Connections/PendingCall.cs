using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>A request whose caller waits for the answer.</summary>
internal sealed class PendingCall<TResponse>(IShard shard, IRequest request, RequestTerms terms)
    : PendingRequest(request, terms)
    where TResponse : class, IResponse<TResponse>
{
    private TResponse? _response;

    public EngineOp<RequestOutcome<TResponse>> Done { get; } = new(shard);

    public override void Read(ref WireReader reader)
    {
        _response = TResponse.Read(ref reader, Version);
        reader.RequireEnd();
    }

    protected override void OnFinished() =>
        Done.Complete(RequestOutcome<TResponse>.Answered(_response, Version));

    protected override void OnFailed(RequestStatus status, CloseReason reason) =>
        Done.Complete(RequestOutcome<TResponse>.Failed(status, Version, reason));
}
