using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// The first request on a connection: which APIs does the broker have? A broker that does not know the
/// question's version answers error 35 in version 0 (KIP-511), so the error is looked at before the rest is
/// read.
/// </summary>
internal sealed class VersionsQuestion(
    ApiVersionsRequest request, RequestTerms terms, IVersionsListener listener)
    : PendingRequest(request, terms)
{
    private ApiVersionsResponse? _response;

    public override void Read(ref WireReader reader)
    {
        var probe = reader;
        var isRefused = probe.ReadErrorCode() == ErrorCode.UnsupportedVersion;
        _response = ApiVersionsResponse.Read(ref reader, isRefused ? (short)0 : Version);
        reader.RequireEnd();
    }

    protected override void OnFinished() => listener.OnVersions(_response!, Version);

    /// <summary>Nothing to tell: the connection it was asked on is over.</summary>
    protected override void OnFailed(RequestStatus status, CloseReason reason) =>
        Invariant.Assert(status != RequestStatus.Unsupported);
}
