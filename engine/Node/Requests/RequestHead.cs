using System;
using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>
/// The header of a request.
///
///     api key int16 | version int16 | correlation id int32 | client id int16 + bytes | tags (flexible
/// versions)
/// </summary>
/// <param name="Api">What the key stands for.</param>
/// <param name="Version">Version of the body; it may be one we do not have, but only of ApiVersions.</param>
/// <param name="CorrelationId">Comes back in the answer.</param>
/// <param name="ClientId">What the client calls itself; null when it does not.</param>
/// <param name="SizeBytes">Bytes of the header.</param>
public readonly record struct RequestHead(
    ApiEntry Api, short Version, int CorrelationId, string? ClientId, int SizeBytes)
{
    private const int FixedBytes = 8;

    /// <summary>
    /// Reads a header. Throws <see cref="MalformedMessageException"/> for a key that is not served, a version
    /// it does not have or does not advertise, or bytes that are no header: Kafka closes the connection on
    /// all of them. An ApiVersions request of an unknown version is let through without its header's tags,
    /// which we could not find: its body is not read.
    /// </summary>
    public static RequestHead Read(ReadOnlyMemory<byte> frame, ServedApis served)
    {
        var reader = new WireReader(frame);
        var key = reader.ReadInt16();
        var version = reader.ReadInt16();
        var correlationId = reader.ReadInt32();
        if (!served.TryFind(key, out var api))
        {
            throw reader.Malformed(MalformedReason.UnknownApi);
        }
        if (!api.Has(version) || version > api.HighestStableVersion)
        {
            return api.Key == ApiKey.ApiVersions
                ? new RequestHead(api, version, correlationId, null, FixedBytes)
                : throw reader.Malformed(MalformedReason.UnknownApi);
        }
        var clientId = reader.ReadNullableString(compact: false);
        if (api.RequestHeaderVersion(version) >= 2)
        {
            reader.ReadUnknownTags();
        }
        return new RequestHead(api, version, correlationId, clientId, reader.Position);
    }
}
