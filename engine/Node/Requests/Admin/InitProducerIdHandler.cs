using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// InitProducerId, versions 0 to 5, for idempotent producers (KIP-98): every one gets a new id with epoch 0.
/// A transactional id needs a coordinator, which this node does not have.
/// </summary>
public sealed class InitProducerIdHandler(ProducerIds ids) : RequestHandler<InitProducerIdRequest>
{
    protected override void Handle(Exchange exchange, InitProducerIdRequest request)
    {
        if (request.TransactionalId is { } transactionalId)
        {
            Refuse(
                exchange,
                transactionalId.Length == 0 ? ErrorCode.InvalidRequest : ErrorCode.NotCoordinator);
        }
        else if (request.ProducerId < 0 != request.ProducerEpoch < 0)
        {
            Refuse(exchange, ErrorCode.InvalidRequest);
        }
        else
        {
            _ = Answer(exchange);
        }
    }

    private async EngineTask Answer(Exchange exchange)
    {
        var id = await ids.Next();
        exchange.Respond(new InitProducerIdResponse
        {
            ErrorCode = id.IsNone ? ErrorCode.CoordinatorNotAvailable : ErrorCode.None,
            ProducerId = id.Value,
            ProducerEpoch = (short)(id.IsNone ? -1 : 0),
        });
    }

    private static void Refuse(Exchange exchange, ErrorCode error) =>
        exchange.Respond(new InitProducerIdResponse { ErrorCode = error, ProducerEpoch = -1 });
}
